"""Calendar dates as people write them in headers -> EDTF (ISO 8601-2:2019, level 0).

Only forms that can mean one day are read; `10/11/2017` is left alone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Final

from kg.model import Span

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS)
_MONTH = _MONTH.replace("sep(?:tember)?", "sept?(?:ember)?") + r")(?![a-z])\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})"
_HOUR = r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"


def _form(pattern: str) -> re.Pattern[str]:
    """The form, standing free: no part of a longer number, word or range of days."""
    return re.compile(rf"(?<![\w/.])(?<!\d[–-])(?:{pattern})(?![\w/]|[-–]\d)", re.IGNORECASE)


DAYS: Final[dict[str, re.Pattern[str]]] = {
    "2017-10-27": _form(rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d){_HOUR}"),
    "October 27, 2017": _form(rf"{_MONTH}\s+{_DAY}(?:\s*,\s*|\s+){_YEAR}"),
    "27 October 2017": _form(rf"{_DAY}(?:\s+of)?\s+{_MONTH}\s*,?\s+{_YEAR}"),
}

PARTS: Final[dict[str, re.Pattern[str]]] = {
    "2017-10": _form(rf"{_YEAR}-(?P<month>\d\d)"),
    "October 2017": _form(rf"{_MONTH}\s*,?\s+{_YEAR}"),
}

YEARS: Final[dict[str, re.Pattern[str]]] = {"2017": _form(_YEAR)}

YEARLESS: Final[dict[str, re.Pattern[str]]] = {
    "March 5": _form(rf"{_MONTH}\s+{_DAY}(?!\s*,?\s*\d)"),
    "5 March": _form(rf"{_DAY}(?:\s+of)?\s+{_MONTH}(?!\s*,?\s*\d)"),
}


RANGE: Final = re.compile(
    rf"\s*[–—-]\s*(?:{_MONTH}\s+\d|\d\d?\s+{_MONTH.replace('month', 'of')}|\d{{4}}-\d\d)",
    re.IGNORECASE,
)
"""What makes the date before it the first of a range."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a line and its value: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`; `--MM-DD` without a year."""

    span: Span
    value: str


def first_date(line: str, forms: dict[str, re.Pattern[str]]) -> Dated | None:
    """The leftmost date of the line in one of `forms`; of two at one place the longer.

    >>> first_date("TBILISI, 5 March 2018 (Wire)", DAYS)
    Dated(span=Span(start=9, end=21), value='2018-03-05')
    >>> first_date("February 30, 2018", DAYS) is None
    True
    """
    found = [
        Dated(Span(*match.span()), value)
        for form in forms.values()
        for match in form.finditer(line)
        if (value := value_of(match))
    ]
    return min(found, key=lambda dated: (dated.span.start, -dated.span.end), default=None)


def value_of(match: re.Match[str]) -> str | None:
    """The EDTF value of a match of a form, None when the calendar has no such date."""
    parts = match.groupdict()
    month = parts.get("month")
    if month and not month.isdigit():
        month = str(1 + next(i for i, name in enumerate(MONTHS) if name[:3] == month[:3].lower()))
    value = "-".join(filter(None, (
        parts.get("year") or "-",
        month and month.zfill(2),
        (parts.get("day") or "").zfill(2).replace("00", ""),
    )))  # fmt: skip
    return value if is_edtf(value.replace("--", "2000-", 1)) else None


def is_edtf(value: str) -> bool:
    """Whether `value` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD` of the proleptic Gregorian calendar.

    >>> [is_edtf(value) for value in ("2016-02-29", "2017-02-29", "2017-10", "1963", "63")]
    [True, False, True, True, False]
    """
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    if not match or match[1] == "0000":
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def whole_date(value: str) -> str | None:
    """The date that a field holds, and nothing else besides the time of day.

    >>> whole_date("2017-10-27T09:00:00Z"), whole_date("Oct. 27, 2017"), whole_date("soon")
    ('2017-10-27', '2017-10-27', None)
    """
    value = value.strip()
    dated = first_date(value, DAYS) or first_date(value, PARTS | YEARS)
    return dated.value if dated and dated.span == Span(0, len(value)) else None
