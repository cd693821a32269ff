"""What is to be told of one object of the packages, with names in place of keys.

Description
├── texts   Told: an expression or message, as written and as people say it, its type, what it refers to
├── stands  Standing: where a field is asked for
├── acts    Act: what rules do to a field, or what a rule does
└── uses    Use: who refers to the object
"""

from dataclasses import dataclass

from dhis2cfg.model.places import Place

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An object by type, key path and name; `place` is None for what stands outside all packages."""

    type: str
    path: str
    name: str
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A text of the object: `written` with keys, `named` with names in their place.

    `property` is its dotted path; `kind` says what the text is ("rule condition"); `type` what comes out
    ("boolean"; empty where nothing can be said). `options` are the codes it names, each with its option's
    name. `mistakes` are what DHIS2 would refuse or misread.
    """

    property: str
    kind: str
    written: str
    named: str
    place: Place
    type: str = ""
    references: tuple["Mention", ...] = ()
    options: tuple["Choice", ...] = ()
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One thing that a text refers to: as written, its kind, the objects (of a variable: its source)."""

    written: str
    kind: str
    objects: tuple[Named, ...]
    type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A code that a text names, and the name of its option."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a field is asked for: a stage, a program or a data set; `compulsory`: it must be filled in."""

    holder: Named
    place: Place
    compulsory: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that a rule does: the rule, DHIS2's word for it, to what, and when (with names).

    `data` is what is filled in or shown, with names; `through` the section, stage or variable by which it
    reaches the field.
    """

    rule: Named
    does: str
    place: Place
    when: str
    on: tuple[Named, ...] = ()
    data: str = ""
    through: Named | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An object that refers to the one described, in which property; `through` a rule variable, if so."""

    user: Named
    property: str
    place: Place
    through: Named | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """All of it. `value_type`, `option_set`: those of a field; `within` narrows it to a stage or program."""

    object: Named
    package: str
    uid: str
    value_type: str = ""
    option_set: Named | None = None
    within: Named | None = None
    texts: tuple[Told, ...] = ()
    stands: tuple[Standing, ...] = ()
    acts: tuple[Act, ...] = ()
    uses: tuple[Use, ...] = ()
    format: int = FORMAT
