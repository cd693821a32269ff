"""Long values in several keys: packed, cut into pieces that proxies let through, and believed only whole.

Proxies refuse bodies over 1 MB (design §7), so a piece is at most 512 kB. Texts are packed, for objects of
DHIS2 become a seventh of their size by it. Each piece says of how many it is one and what the whole is.
"""

import base64
import binascii
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dhis2cfg.wire.codec import DoesNotFit, from_json

PIECE = 500_000
"""Letters of a piece; what stands around them stays under 512 kB with it."""

FORMAT = 1


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
    packed = base64.b64encode(zlib.compress(content)).decode()
    parts = [packed[start : start + PIECE] for start in range(0, len(packed), PIECE)]
    whole = hashlib.sha256(content).hexdigest()
    for number, part in enumerate(parts, start=1):
        yield Piece(piece=number, of=len(parts), digest=whole, text=part)


def joined(values: Iterable[object]) -> bytes | None:
    """The content of the values of some keys; None where it is not there whole."""
    try:
        pieces = sorted((from_json(Piece, each) for each in values), key=lambda each: each.piece)
        if not pieces or [each.piece for each in pieces] != list(range(1, pieces[0].of + 1)):
            return None
        content = zlib.decompress(base64.b64decode("".join(each.text for each in pieces), validate=True))
    except (DoesNotFit, binascii.Error, zlib.error):
        return None
    return content if hashlib.sha256(content).hexdigest() == pieces[0].digest else None
