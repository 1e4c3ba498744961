"""The command `kg` that the verbs belong to."""

from __future__ import annotations

from importlib.metadata import version

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("kg"), prog_name="kg")
def commands() -> None:
    """Turn documents into a knowledge graph that can be trusted line by line."""
