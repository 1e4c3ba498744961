"""What a build wrote, to be compared."""

from __future__ import annotations

from pathlib import Path

from kg import api


def exported(place: Path) -> dict[str, bytes]:
    return {name: (place / name).read_bytes() for name in api.BUILD_FILES}


def fresh(folder: Path, place: Path, **options: object) -> dict[str, bytes]:
    """What a build that remembers nothing writes."""
    api.build([folder], place, **options)  # type: ignore[arg-type]
    return exported(place)
