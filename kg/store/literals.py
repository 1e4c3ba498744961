"""Text and values in the one form that every RDF tool reads back unchanged."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Final

from kg.errors import StoreError
from kg.model import Literal

UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_NUMBER: Final = 60  # digits; longer ones are serial numbers, and Python refuses 4,300
EDTF: Final = "edtf:EDTF"


def clean(text: str) -> str:
    r"""The text as it can be written: code points that RDF or XML refuse become U+FFFD.

    Those are the C0 controls but tab, line feed and carriage return, lone surrogates, U+FFFE and
    U+FFFF. One code point stays one code point, so that offsets hold.

    >>> clean("form\x0cfeed") == "form\ufffdfeed"
    True
    """
    return UNWRITABLE.sub("\ufffd", text)


def canonical_literal(literal: Literal) -> Literal:
    """The literal with the lexical form that Oxigraph and rdflib both keep.

    Numbers lose idle zeros; a finite xsd:double or xsd:float becomes an xsd:decimal. A value that
    is not of its datatype is kept as xsd:string: an ill-typed literal would be false in itself.

    >>> canonical_literal(Literal("007", "xsd:integer", "seven")).value
    '7'
    >>> canonical_literal(Literal("1963-02-30", "xsd:date", "Feb. 30")).datatype
    'xsd:string'
    """
    value, text = clean(literal.value), clean(literal.text)
    if not literal.datatype.startswith("xsd:"):
        return Literal(value, literal.datatype, text)
    datatype, form = LEXICAL.get(literal.datatype, ("xsd:string", _as_it_is))
    kept = form(value)
    return Literal(value, "xsd:string", text) if kept is None else Literal(kept, datatype, text)


def date_type(value: str) -> str:
    """The datatype of an EDTF value: an XSD one where the value is exactly such, else EDTF's own.

    >>> [date_type(each) for each in ("1963-09-28", "1963-09", "1963", "1963-21", "1963-09?")]
    ['xsd:date', 'xsd:gYearMonth', 'xsd:gYear', 'edtf:EDTF', 'edtf:EDTF']
    """
    for datatype, form in DATES.items():
        if form(value) is not None:
            return datatype
    return EDTF


def decimal(number: float) -> str:
    """A score as canonical xsd:decimal of at most four digits.

    >>> decimal(0.93), decimal(1.0)
    ('0.93', '1')
    """
    if not math.isfinite(number):
        raise StoreError(f"score {number}: a finite number is wanted")
    return _decimal(f"{number:.4f}") or "0"


def _as_it_is(value: str) -> str:
    return value


def _integer(value: str) -> str | None:
    fits = re.fullmatch(r"[+-]?[0-9]+", value) and len(value) <= LONGEST_NUMBER
    return str(int(value)) if fits else None


def _decimal(value: str) -> str | None:
    match = re.fullmatch(r"([+-]?)0*([0-9]*)(?:\.([0-9]*?)0*)?", value)
    if match is None or len(value) > LONGEST_NUMBER or not re.search("[0-9]", value):
        return None
    whole, part = match[2] or "0", match[3] or ""
    sign = "-" if match[1] == "-" and (whole, part) != ("0", "") else ""
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


def _double(value: str) -> str | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    small = number.is_finite() and abs(number.adjusted()) < LONGEST_NUMBER
    return _decimal(f"{number:f}") if small else None


def _boolean(value: str) -> str | None:
    return {"1": "true", "true": "true", "0": "false", "false": "false"}.get(value)


def _date(value: str) -> str | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        return None


def _month(value: str) -> str | None:
    fits = re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", value) and value[:4] != "0000"
    return value if fits else None


def _year(value: str) -> str | None:
    return value if re.fullmatch(r"[0-9]{4}", value) and value != "0000" else None


DATES: Final[Mapping[str, Callable[[str], str | None]]] = MappingProxyType(
    {"xsd:date": _date, "xsd:gYearMonth": _month, "xsd:gYear": _year}
)

# datatype -> (datatype it is written as, its lexical form or None for a value that is not of it)
LEXICAL: Final[Mapping[str, tuple[str, Callable[[str], str | None]]]] = MappingProxyType(
    {
        "xsd:string": ("xsd:string", _as_it_is),
        "xsd:integer": ("xsd:integer", _integer),
        "xsd:decimal": ("xsd:decimal", _decimal),
        "xsd:double": ("xsd:decimal", _double),
        "xsd:float": ("xsd:decimal", _double),
        "xsd:boolean": ("xsd:boolean", _boolean),
        **{datatype: (datatype, form) for datatype, form in DATES.items()},
    }
)
