"""Long values in several keys: packed, cut into pieces that proxies let through, and believed only whole.

Proxies refuse bodies over 1 MB (design §7), so a piece is at most 512 kB. Texts are packed, for objects of
DHIS2 become a seventh of their size by it. Each piece says of how many it is one and what the whole is.
"""

import base64
import binascii
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import orjson

from dhis2cfg.wire.canonical import to_json
from dhis2cfg.wire.codec import DoesNotFit, from_json

PIECE = 500_000
"""Letters of a piece; what stands around them stays under 512 kB with it."""

FORMAT = 1


PACKED = "packed"
LARGE = 400_000
"""Bytes from which on a single value is packed: a record of 1,700 objects has a megabyte, packed a sixth."""


def fitting(content: bytes) -> Any:
    """A single value in a form that proxies let through: as it is, or packed in one piece."""
    value = orjson.loads(content)
    if len(content) < LARGE:
        return value
    piece = Piece(piece=1, of=1, digest=hashlib.sha256(content).hexdigest(), text=_packed(content))
    return {PACKED: to_json(piece), "format": value["format"], "tool": value.get("tool", "")}


def unpacked(value: Any) -> Any:
    """The value again; what is torn stays as it is, and fits nothing."""
    if not isinstance(value, dict) or PACKED not in value:
        return value
    content = joined([value[PACKED]])
    return value if content is None else orjson.loads(content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece: its place among how many, SHA-256 of the whole, and its share of the packed text."""

    piece: int
    of: int
    digest: str
    text: str
    format: int = FORMAT


def cut(content: bytes) -> Iterator[Piece]:
    """The pieces of some content, numbered from 1."""
    packed = _packed(content)
    parts = [packed[start : start + PIECE] for start in range(0, len(packed), PIECE)]
    whole = hashlib.sha256(content).hexdigest()
    for number, part in enumerate(parts, start=1):
        yield Piece(piece=number, of=len(parts), digest=whole, text=part)


def _packed(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content)).decode()


def joined(values: Iterable[object]) -> bytes | None:
    """The content of the values of some keys; None where it is not there whole.

    Pieces of a content that was written before and cut off may stand among them: what belongs together has
    one digest.
    """
    pieces: dict[str, dict[int, Piece]] = {}
    for value in values:
        with suppress(DoesNotFit):
            piece = from_json(Piece, value)
            pieces.setdefault(piece.digest, {})[piece.piece] = piece
    contents = (_whole(digest, several) for digest, several in pieces.items())
    return next((each for each in contents if each is not None), None)


def _whole(digest: str, pieces: Mapping[int, Piece]) -> bytes | None:
    count = next(iter(pieces.values())).of
    if set(pieces) != set(range(1, count + 1)):
        return None
    text = "".join(pieces[number].text for number in range(1, count + 1))
    try:
        content = zlib.decompress(base64.b64decode(text, validate=True))
    except (binascii.Error, zlib.error):
        return None
    return content if hashlib.sha256(content).hexdigest() == digest else None
