"""What a person may set of a server, and what bounds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address

from kg.errors import KgError
from kg.store.limits import MIB, Limits


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one client, and all of them together, may take of the server itself."""

    url_bytes: int = 32 * 1024
    body_bytes: int = MIB
    body_seconds: float = 10.0  # for the whole body of a request
    send_seconds: float = 30.0  # for each piece of an answer that a client takes
    held_bytes: int = 256 * MIB  # of answers on their way, together
    connections: int = 256
    waiting: int = 128  # queries in line


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, whom to answer, and within what limits.

    `token` is asked of every request where there is one, and there must be one for any host but
    loopback. `cors` are the origins, or `*`, whose pages may read answers.
    """

    host: str = "127.0.0.1"
    port: int = 0
    token: str | None = None
    cors: tuple[str, ...] = ()
    workers: int = 2
    limits: Limits = field(default_factory=Limits)
    bounds: Bounds = field(default_factory=Bounds)

    def __post_init__(self) -> None:
        """Raises KgError for a host that anybody could reach and no token, or a token that is no token."""
        if self.token is not None and not (self.token.isascii() and self.token.isprintable()):
            raise KgError("token: printable ASCII is wanted")
        if self.token is not None and (len(self.token) < 16 or " " in self.token):
            raise KgError("token: 16 characters or more are wanted, without spaces")
        if self.token is None and not is_loopback(self.host):
            raise KgError(
                f"{self.host}: others could reach it; give a token with --token-file or KG_TOKEN"
            )


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
