"""Bytes -> Document: folders and files of text, Markdown and JSON Lines; beside them, links files."""

from kg.read.entry import Content, Entry, Reader
from kg.read.links import are_links, read_links, read_toml
from kg.read.reading import read

__all__ = [
    "Content",
    "Entry",
    "Reader",
    "are_links",
    "read",
    "read_links",
    "read_toml",
]
