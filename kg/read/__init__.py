"""Bytes -> Document: folders and files of text, Markdown and JSON Lines."""

from kg.read.entry import Content, Entry, Reader
from kg.read.reading import read

__all__ = ["Content", "Entry", "Reader", "read"]
