"""What somebody means by a key: an object, or a field inside a stage or program."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from dhis2cfg.explain.objects import Objects, title
from dhis2cfg.explain.standing import holders_of
from dhis2cfg.model.names import Ref

_FIELDS = ("dataElements", "trackedEntityAttributes")
_NEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """One thing that a key may mean; `within`: a field, looked at in one stage, program or data set."""

    ref: Ref
    within: Ref | None = None

    def __str__(self) -> str:
        return f"{self.within.path}/{self.ref.key}" if self.within else str(self.ref)


def find(objects: Objects, text: str) -> tuple[Meant, ...]:
    """All that a text may mean, by the narrowest reading that finds anything.

    Read are `type/KEY/PATH`, a key path, the end of one, a field behind its stage or program, a UID, and last
    a name.
    """
    kind, _, path = text.partition("/")
    readings = (
        (ref for ref in objects.all if ref.type == kind and ref.path == path),
        (ref for ref in objects.all if ref.path == text),
        (ref for ref in objects.all if f"/{ref.path}".endswith(f"/{text}")),
    )
    for reading in readings:
        found = tuple(Meant(ref=ref) for ref in reading)
        if found:
            return found
    fields = tuple(_fields(objects, text))
    if fields:
        return fields
    by_uid = tuple(Meant(ref=each.ref) for each in objects.all.values() if each.uid == text)
    wanted = text.casefold()
    return by_uid or tuple(
        Meant(ref=each.ref) for each in objects.all.values() if title(each).casefold() == wanted
    )


def near(objects: Objects, text: str) -> tuple[str, ...]:
    """The keys and paths that are spelled nearly like a text."""
    words = {ref.path.casefold(): ref.path for ref in objects.all}
    words.update({ref.key.casefold(): ref.key for ref in objects.all})
    return tuple(words[each] for each in get_close_matches(text.casefold(), list(words), n=_NEAR))


def _fields(objects: Objects, text: str) -> Iterator[Meant]:
    """`STAGE/ELEMENT`, `PROGRAM/STAGE/ELEMENT`, `PROGRAM/ATTRIBUTE`, `DATA_SET/ELEMENT`."""
    where, _, key = text.rpartition("/")
    for kind in _FIELDS if where else ():
        ref = Ref(kind, key)
        for standing in holders_of(objects, ref) if ref in objects.all else ():
            if f"/{standing.holder.path}".endswith(f"/{where}"):
                yield Meant(ref=ref, within=Ref(standing.holder.type, standing.holder.path))
