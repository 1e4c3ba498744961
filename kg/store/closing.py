"""What is open and must be closed: used in `with`, it closes itself."""

from __future__ import annotations

from types import TracebackType
from typing import Self


class Closing:
    """A thing with `close`, which the end of a `with` calls."""

    def close(self) -> None:
        """Let go of what is held."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
