"""The command line: each verb is one call of `kg.api`, and this is the only part that prints."""

from kg.cli.run import main

__all__ = ["main"]
