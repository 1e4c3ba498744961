"""HTTP with bounds on everything: time, tries, waits, the size of answers; and no redirects."""

from __future__ import annotations

import base64
import email.utils
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, NoReturn
from urllib.parse import urlencode, urlsplit

import urllib3

from kg.errors import PushError

CONNECT: Final = 10.0  # seconds to open a connection
LARGEST_ANSWER: Final = 16 * 2**20  # bytes; counts of a hundred graphs are some kilobytes
SHOWN: Final = 160  # characters of a server's own words in a message
PIECE: Final = 2**16  # bytes
AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 507, 509})
HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Login:
    """Who pushes: a bearer token, or a user and a password. Neither is ever shown."""

    token: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for secret in (self.token, self.user, self.password):
            if secret is not None and not (secret.isprintable() and secret.isascii()):
                raise PushError("login: a token, user or password of printable ASCII is wanted")

    def header(self) -> dict[str, str]:
        """The Authorization header, where there is anything to say."""
        if self.token is not None:
            return {"Authorization": f"Bearer {self.token}"}
        if self.user is not None:
            return {"Authorization": f"Basic {self._pair()}"}
        return {}

    def secrets(self) -> tuple[str, ...]:
        """What must not be seen in a message, the longest first."""
        found = [each for each in (self.token, self.password) if each]
        found += [self._pair()] if self.user is not None else []
        return tuple(sorted(found, key=len, reverse=True))

    def _pair(self) -> str:
        return base64.b64encode(f"{self.user}:{self.password or ''}".encode()).decode()


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds, and how often to try.

    `timeout` bounds a request, `first` is the wait after the first failure, doubled with each and never
    above `longest`; a server that says Retry-After is waited for up to `asked`.
    """

    timeout: float = 300.0
    tries: int = 6
    first: float = 0.5
    longest: float = 30.0
    asked: float = 120.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a body."""

    status: int
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


class Client:
    """Requests to servers of one login; `say` is told of each wait."""

    def __init__(self, login: Login, patience: Patience, say: Callable[[str], None]) -> None:
        self._login, self._patience, self._say = login, patience, say
        self._pool = urllib3.PoolManager(num_pools=4, retries=False)

    def ask(
        self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer to a request that may be sent twice, after as many tries as it takes.

        Raises PushError where there is none in time, for a redirect, and for a server that asks to be
        left alone for long.
        """
        wait, tries = self._patience.first, self._patience.tries
        for number in range(1, tries + 1):
            answer, asked, why = None, None, ""
            try:
                answer, asked = self._once(method, url, body, headers or {})
            except urllib3.exceptions.HTTPError as error:
                why = _reason(error)
            if answer is not None and answer.status not in AGAIN:
                return answer
            if number < tries:
                pause = min(wait, self._patience.longest) if asked is None else asked
                self._wait(url, why or f"it says {answer and answer.status}", pause, number)
                wait *= 2
        if answer is not None:
            self.refuse(url, answer, f"no other answer in {tries} tries; push again to go on")
        raise PushError(f"{url}: {why}, {tries} times; push again to go on from there")

    def close(self) -> None:
        self._pool.clear()

    def refuse(self, url: str, answer: Answer, doing: str) -> NoReturn:
        """Raise PushError with what the server says, without secrets and on one line."""
        hints = {
            401: "; log in with a token or --user",
            403: "; this login may not",
            413: "; send smaller chunks with --chunk",
        }
        words = " ".join(answer.body[: 4 * SHOWN].decode("utf-8", "replace").split())
        for secret in self._login.secrets():
            words = words.replace(secret, "***")
        shown = "".join(each for each in words if each.isprintable())[:SHOWN]
        said = f" ({shown})" if shown else ""
        raise PushError(f"{url}: {doing}: {answer.status}{said}{hints.get(answer.status, '')}")

    def _once(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[Answer, float | None]:
        deadline = time.monotonic() + self._patience.timeout
        response = self._pool.request(
            method,
            url,
            body=body or None,
            headers={"User-Agent": "kg", **headers, **self._login.header()},
            timeout=urllib3.Timeout(connect=CONNECT, read=self._patience.timeout),
            redirect=False,
            preload_content=False,
        )
        try:
            if 300 <= response.status < 400:
                _redirected(url, response.headers.get("Location", ""))
            read = bytearray()
            for piece in response.stream(PIECE, decode_content=True):
                read += piece
                if len(read) > LARGEST_ANSWER:
                    raise PushError(f"{url}: an answer of more than {LARGEST_ANSWER:,} bytes")
                if time.monotonic() > deadline:
                    raise urllib3.exceptions.ReadTimeoutError(self._pool, url, "too slow")  # type: ignore[arg-type]
            asked = _seconds(response.headers.get("Retry-After"))
            return Answer(response.status, bytes(read)), asked
        finally:
            response.close()  # read to its end, its connection has gone back to the pool

    def _wait(self, url: str, why: str, pause: float, number: int) -> None:
        if pause > self._patience.asked:
            raise PushError(
                f"{url}: {why} and asks to come back in {pause:,.0f} s; push again then"
            )
        self._say(
            f"{url}: {why}; trying again in {pause:g} s ({number + 1} of {self._patience.tries})"
        )
        time.sleep(pause)


def address(url: str) -> str:
    """The URL, checked: http or https, a host, and no password, query or fragment in it."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise PushError(f"a server's address: {error}") from error
    if parts.username is not None or parts.password is not None:
        raise PushError(f"{parts.scheme}://{host}: no user or password in an address; use --user")
    if parts.scheme not in {"http", "https"} or not host or not url.isprintable() or " " in url:
        raise PushError(f"{url!r}: an http or https address of a server is wanted")
    if parts.query or parts.fragment:
        raise PushError(f"{url}: an address without ? and # is wanted")
    return url


def in_clear(url: str, login: Login) -> bool:
    """Whether the login would travel unencrypted beyond this machine."""
    parts = urlsplit(url)
    return bool(login.header()) and parts.scheme == "http" and parts.hostname not in HERE


def with_query(url: str, **fields: str) -> str:
    """The URL with a query string."""
    return f"{url}?{urlencode(fields)}"


def _redirected(url: str, to: str) -> NoReturn:
    parts = urlsplit(to)
    where = f"{parts.scheme}://{parts.hostname}{parts.path}" if parts.hostname else parts.path
    raise PushError(
        f"{url}: it redirects to {where or 'nowhere'}; give that address if you trust it"
    )


def _seconds(header: str | None) -> float | None:
    """Retry-After (RFC 9110, 10.2.3): seconds, or a date."""
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header.strip()[:9])
    try:
        return max(email.utils.parsedate_to_datetime(header).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return None


def _reason(error: urllib3.exceptions.HTTPError) -> str:
    """What went wrong with a connection, in words that hold no address or header."""
    kinds = (
        (urllib3.exceptions.SSLError, "no trusted encrypted connection"),
        (urllib3.exceptions.NameResolutionError, "no such host"),
        (urllib3.exceptions.NewConnectionError, "connection refused"),
        (urllib3.exceptions.ConnectTimeoutError, "no connection in time"),
        (urllib3.exceptions.TimeoutError, "no answer in time"),
        (urllib3.exceptions.ProtocolError, "connection cut"),
        (urllib3.exceptions.IncompleteRead, "connection cut"),
    )
    return next((words for kind, words in kinds if isinstance(error, kind)), type(error).__name__)
