"""The text of a PDF that Chromium made: glyphs of each font by its own table, in the order they are drawn."""

import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping

_OBJECT = re.compile(rb"(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TO_UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
_FONTS = re.compile(rb"/(F\d+) (\d+) 0 R")
_DRAWN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f\s]+)>|\[|\]")
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def text_of(paper: bytes) -> str:
    """All that is drawn, ligatures as their letters."""
    objects = {int(number): body for number, body in _OBJECT.findall(paper)}
    fonts = {
        name: _glyphs(objects, int(number))
        for body in objects.values()
        if b"/Font" in body
        for name, number in _FONTS.findall(body)
    }
    pages = (_unpacked(body) for body in objects.values() if b"/Type /Font" not in body)
    drawn = "".join(piece for page in pages if b" Tf" in page for piece in _drawn(page, fonts))
    return unicodedata.normalize("NFKC", drawn)


def _unpacked(body: bytes) -> bytes:
    found = _STREAM.search(body)
    if found is None:
        return b""
    if b"/FlateDecode" not in body[: found.start()]:
        return found[1]
    return zlib.decompressobj().decompress(found[1])


def _glyphs(objects: Mapping[int, bytes], number: int) -> Mapping[str, str]:
    """Glyph number, in hexadecimal, → what it stands for."""
    found = _TO_UNICODE.search(objects.get(number, b""))
    table = _unpacked(objects[int(found[1])]) if found else b""
    known: dict[str, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, sign in _PAIR.findall(block):
            known[glyph.decode().upper()] = _sign(sign)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, start in _RANGE.findall(block):
            low, width = int(first, 16), len(first)
            for offset in range(int(last, 16) - low + 1):
                known[f"{low + offset:0{width}X}"] = chr(int(start, 16) + offset)
    return known


def _sign(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be")


def _drawn(page: bytes, fonts: Mapping[bytes, Mapping[str, str]]) -> Iterator[str]:
    known: Mapping[str, str] = {}
    for font, glyphs in _DRAWN.findall(page):
        if font:
            known = fonts.get(font, {})
        text = re.sub(rb"\s", b"", glyphs).decode().upper()
        yield from (known.get(text[at : at + 4], "") for at in range(0, len(text), 4))
