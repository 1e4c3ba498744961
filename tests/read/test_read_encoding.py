"""Bytes -> text: which encodings are told, and what is no text at all."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.read import read
from kg.read.encoding import decode

TOLD = {
    "cp1252": "The café’s owner said “no” – it cost £5 and €6…",
    "latin-1": "Björn Ångström met Señor Muñoz in São Paulo – well, naïve Zoë did.".replace(
        "–", "-"
    ),
    "iso8859-2": "Wałęsa met Jaruzelski in Gdańsk. The talks on Śląsk lasted three hours, Żelazny said.",
    "cp1250": "Wałęsa met Jaruzelski in Gdańsk.",
    "cp1251": "Путин встретился с Медведевым в Москве. Встреча продолжалась три часа.",
    "koi8-r": "Путин встретился с Медведевым в Москве. Встреча продолжалась три часа.",
    "cp1253": "Ο Τσίπρας συνάντησε τον Ερντογάν στην Αθήνα.",
    "cp1254": "Erdoğan met Gül in İstanbul. Toplantı üç saat sürdü, dışişleri bakanı söyledi.",
    "shift_jis": "彼は東京で首相に会った。会議は三時間続いた。その後、記者会見が行われた。",
    "euc_jp": "彼は東京で首相に会った。会議は三時間続いた。その後、記者会見が行われた。",
    "gb18030": "他在北京会见了总理。会议持续了三个小时。",
    "big5": "他在北京會見了總理。會議持續了三個小時。",
    "cp949": "그는 서울에서 총리를 만났다. 회의는 세 시간 동안 계속되었다.",
}


@pytest.mark.parametrize("encoding", TOLD)
def test_a_legacy_encoding_is_told(encoding: str) -> None:
    assert decode(TOLD[encoding].encode(encoding), "a") == TOLD[encoding]


@pytest.mark.xfail(strict=True, reason="every byte is a letter of cp1252 too; no short text tells")
def test_baltic_letters_without_a_mark() -> None:
    text = "Šarūnas Žvirblis met Jonas."
    assert decode(text.encode("cp1257"), "a") == text


MARKED = ["utf-8-sig", "utf-16", "utf-32"]


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")), st.sampled_from(MARKED))
def test_a_byte_order_mark_decides_and_is_dropped(text: str, encoding: str) -> None:
    text = f"{text}\r\nA."
    assert decode(text.encode(encoding), "a") == text


@pytest.mark.parametrize(
    ("mark", "encoding"), [(b"\xfe\xff", "utf-16-be"), (b"\0\0\xfe\xff", "utf-32-be")]
)
def test_big_endian_marks_count_too(mark: bytes, encoding: str) -> None:
    assert decode(mark + "Żelazny".encode(encoding), "a") == "Żelazny"


@settings(deadline=None)
@given(
    st.text(st.characters(codec="utf-8", min_codepoint=32, exclude_categories=["Cc"])).filter(
        str.strip
    )
)
def test_utf8_is_kept_to_the_letter(text: str) -> None:
    assert decode(f"Oswald {text}".encode(), "a") == f"Oswald {text}"


def zipped(folder: Path) -> bytes:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("a", "text")
    return (folder / "a.zip").read_bytes()


BINARY = {
    "a PDF file": b"%PDF-1.7\n% text",
    "a PNG image": b"\x89PNG\r\n\x1a\n",
    "an RTF file": b"{\\rtf1 Oswald}",
    "binary content": b"Oswald met\0Kostikov.",
}


@pytest.mark.parametrize("kind", BINARY)
def test_binary_content_is_refused_by_its_name(kind: str) -> None:
    with pytest.raises(ReadError, match=rf"^a.txt: {kind}, not text; give it as"):
        decode(BINARY[kind], "a.txt")


def test_a_zip_and_a_run_of_control_characters_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="zip archive"):
        decode(zipped(tmp_path), "a.txt")
    with pytest.raises(ReadError, match="binary content"):
        decode(bytes(range(1, 32)) * 9 + b"text", "a.txt")


def test_a_few_control_characters_are_text() -> None:
    text = "\x1b[1mOswald\x1b[0m met\x0b Kostikov in Mexico City.\x1a"
    assert decode(text.encode(), "a") == text


@pytest.mark.parametrize("data", [b"\xff\xfeA\0B", b"\xef\xbb\xbfA\xff", b"\xff\xfe\0\xd8A\0"])
def test_bytes_that_belie_their_mark_are_an_error_that_says_where(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"malformed utf-\S+ at byte \d+"):
        decode(data, "a.txt")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n\t"])
def test_no_text_is_an_error(data: bytes) -> None:
    with pytest.raises(ReadError, match="empty"):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    ("name", "encoding"), [("a.txt", "utf-8"), ("b.md", "utf-8"), ("c.txt", "cp1252")]
)
def test_five_megabytes_in_one_line_are_read_at_once(
    tmp_path: Path, name: str, encoding: str
) -> None:
    text = "José met *Kostikov* in [Mexico](x) City. " * 122_000
    (tmp_path / name).write_bytes(text.encode(encoding))
    start = time.perf_counter()
    [document] = read([tmp_path])
    assert len(document.text) == len(text) > 5_000_000
    assert time.perf_counter() - start < 20  # seconds; about 5 for Markdown, 0.2 for the others
