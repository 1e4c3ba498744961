"""Which Chromium the tests and benchmarks drive, and how it is kept quiet."""

from __future__ import annotations

import shutil
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
QUIET: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def program() -> str | None:
    """The first of NAMES on the PATH."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)
