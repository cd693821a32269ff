"""What a package promises about persons: who reads them, which numbers are guarded, what no role may."""

from dataclasses import dataclass

from dhis2cfg.model.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One key of `privacy:` as it is written, and where."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """`privacy:` of a package; the rules on it are silent where it is not written.

    `persons` are tracked entity types that are people, `readers` the groups that may read them, `numbers`
    the attributes that say who somebody is, `never` the authorities that no role grants.
    """

    place: Place
    persons: tuple[Word, ...] = ()
    readers: tuple[Word, ...] = ()
    numbers: tuple[Word, ...] = ()
    never: tuple[Word, ...] = ()
