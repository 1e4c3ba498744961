"""The date and title a text's first lines state; what a sentence mentions does not count."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read.dates import MONTHS, is_edtf
from kg.read.header import date_of, title_of

DAY = "2017-10-27"
DATES: dict[str, str | None] = {
    " date 2017-10-27 Was the Soviet Union really behind it?": DAY,
    "Date: 2017-10-27\nText.": DAY,
    "Title\nPublished on Friday, October 27, 2017 at 10:15\nText.": DAY,
    "Posted: 27th of October, 2017\n": DAY,
    "2017-10-27": DAY,
    "2017-10-27T09:30:00Z\nText": DAY,
    "By Jane Doe\n\nOctober 27, 2017\n\nText.": DAY,
    "By Jane Doe\n\nFriday 27 October 2017, 10:15 a.m. EST\n\nText.": DAY,
    "Oct. 27, 2017\nText": DAY,
    "Sept. 7, 2017\nText": "2017-09-07",
    "(27 Oct 2017)\nText": DAY,
    "OCTOBER 27, 2017 — The files were opened.": DAY,
    "October 27, 2017 The files were opened.": DAY,
    "TBILISI, March 5, 2018 (Wire) — The director was detained.": "2018-03-05",
    "Files\n\nAarhus, 6 October 2020 – Meridian bought it.": "2020-10-06",
    "Dallas, Texas, November 24, 1963\n\nDear Sir,": "1963-11-24",
    "GALWAY EVENING HERALD, 23 June 2016\n\nText.": "2016-06-23",
    "TOWN COUNCIL. Minutes of the meeting held on Tuesday 11 September 2018.": "2018-09-11",
    "Date: Fri, 27 Oct 2017 10:15:00 +0000\nFrom: Jane": DAY,
    "Files\nThurs. 26 October 2017\nText": "2017-10-26",
    "Minutes\nOctober 2017\nText": "2017-10",
    "Date: 2017\nText": "2017",
    "MAPUTO, March 5 (Wire) — The minister left.\n© 2018 Wire": "2018-03-05",
    "Wire, issue 9\nMarch 2018\nMAPUTO, 5 March — The minister left.": "2018-03-05",
    "October 26, 2017\nDate: October 27, 2017": DAY,  # the label is surer than the place
    "MAPUTO, March 5 (Wire) — The minister left.": None,
    "MAPUTO, March 5 — The minister left.\n1963 was a good year.": None,
    "MAPUTO, March 5 — The minister left.\n© 2018\n© 2019": None,
    "On October 27, 2017, the files were opened.": None,
    "October 27, 2017 was a Friday.": None,
    "October 27, 2017, the day he left, was a Friday.": None,
    "The files were opened on October 27, 2017.": None,
    "Oswald (October 18, 1939 – November 24, 1963) was a Marine.": None,
    "October 3, 2017 – October 27, 2017": None,
    "3–5 October 2017": None,
    "The date 2017-10-27 was chosen.": None,
    "Dated October 27, 2017, the letter says so.": None,
    "The minutes of the meeting held on 3 May 2018 show it.": None,
    "October 2017 was cold.": None,
    "The Kennedy Assassination, November 22, 1963\n\nText.": None,
    "KENNEDY SHOT IN DALLAS, NOVEMBER 22, 1963\n\nText.": None,
    "Lee Harvey Oswald, October 18, 1939 – November 24, 1963": None,
    "2017": None,
    "February 30, 2018\nText": None,
    "2018-13-01\nText": None,
    "10/11/2017\nText": None,
    "March 5, 20180\nText": None,
    "May 5\nText": None,
    "\n".join("abcde") + "\nOctober 27, 2017": None,  # the sixth line
    "a" * 700 + "\nOctober 27, 2017": None,
    "": None,
}


@pytest.mark.parametrize(("text", "date"), DATES.items())
def test_only_a_date_that_dates_the_document_is_taken(text: str, date: str | None) -> None:
    assert date_of(text) == date


@settings(deadline=None)
@given(st.dates().filter(lambda day: day.year >= 1000), st.booleans())
def test_every_day_of_the_calendar_is_read_in_both_orders(day: object, american: bool) -> None:
    year, month, number = (int(part) for part in str(day).split("-"))
    if year >= 3000:
        return
    name = MONTHS[month - 1].title()
    text = f"{name} {number}, {year}" if american else f"{number} {name} {year}"
    assert date_of(f"By Jane Doe\n{text}\n") == str(day)


@settings(deadline=None)
@given(st.text())
def test_a_date_is_edtf_and_a_title_is_a_line_of_the_text(text: str) -> None:
    date, title = date_of(text), title_of(text)
    assert date is None or is_edtf(date)
    assert title is None or (title in text and 0 < len(title) <= 120)


TITLES: dict[str, str | None] = {
    "\n Urban Legends \r\n\r\nText.": "Urban Legends",
    "Who shot him?\n \nText.": "Who shot him?",
    "A sentence.\n\nText.": None,
    "Dear Sir,\n\nText.": None,
    "Part of\na paragraph.\n\nText.": None,
    "Part of\r\na paragraph.": None,
    "By Jane Doe\n\nText.": None,
    "October 27, 2017\n\nText.": None,
    "GALWAY EVENING HERALD, 23 June 2016\n\nText.": None,
    "Only a line": None,
    "Only a line\n\n": None,
    "a" * 121 + "\n\nText.": None,
    "": None,
}


@pytest.mark.parametrize(("text", "title"), TITLES.items())
def test_the_title_is_a_short_first_line_that_stands_alone(text: str, title: str | None) -> None:
    assert title_of(text) == title
