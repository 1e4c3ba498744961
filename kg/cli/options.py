"""What the commands take: arguments and options that several of them share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import click

from kg.pipeline import DEFAULT_MAX_CHARS, Config, Identity

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
MODEL = click.option(
    "--model",
    default=Config().model,
    show_default=True,
    help="An installed English spaCy pipeline.",
)
MAX_CHARS = click.option("--max-chars", default=DEFAULT_MAX_CHARS, show_default=True, type=click.IntRange(1), help="The longest document to read, in characters.")  # fmt: skip
MIN_SCORE = click.option("--min-score", default=0.0, show_default=True, type=click.FloatRange(0, 1), help="Leave out statements of a lower score.")  # fmt: skip
GAZETTEER = click.option("--gazetteer", "gazetteers", multiple=True, type=click.Path(path_type=Path), help="Known things to link entities to: a .tsv, .ttl or .nt file; may be given several times.")  # fmt: skip
LEDGER = click.option("--ledger", type=click.Path(path_type=Path, dir_okay=False), help="Write what became of every sentence to this file: its statements, or a reason.")  # fmt: skip
REASONS = """\b
Reasons in a ledger, for a sentence without statements (docs/ledger.md has examples):
  no-words         nothing but punctuation and signs
  heading          no verb and no full stop: a heading, a list item, a by-line
  fragment         no verb that heads a clause
  no-subject       no clause has a subject: an order, "there is"
  empty-subject    the subject names no thing: nobody, who, something
  no-object        a subject and its verb, and nothing more that could be an end
  no-rule          subject and more are there, and no rule makes a statement of them
  open-pronoun     a pronoun at one end that could not be resolved
  unnamed-holder   somebody's role, and nothing says who that is
  same-thing       both ends are one entity
  below-min-score  a score below --min-score
"""
GRAPH = click.option("-g", "--graph", default=Path("exports"), show_default=True, type=click.Path(path_type=Path), help="A folder that kg build wrote, or a .trig, .nq, .nt or .ttl file.")  # fmt: skip
STORED = click.option("-g", "--graph", default=Path("exports"), show_default=True, type=click.Path(path_type=Path), help="A folder that kg build wrote, or a store.")  # fmt: skip
LINKS = click.option("--links", type=click.Path(path_type=Path, dir_okay=False), help="What people decided on who is who; without it, each links.toml beside the documents.")  # fmt: skip
IDENTITY = click.option("--identity", default=Config().identity, show_default=True, type=click.Choice(get_args(Identity)), help="strict joins nothing across documents but what links.toml does.")  # fmt: skip


def settings(command: Callable[..., object]) -> Callable[..., object]:
    """The options of a run, which `build` and `extract` share."""
    for option in (LEDGER, GAZETTEER, IDENTITY, LINKS, MIN_SCORE, MAX_CHARS, MODEL):
        command = option(command)
    return command
