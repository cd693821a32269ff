"""Small packages, their next releases, what hands do to a server meanwhile, and single objects with edits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import (
    Child,
    DesiredObject,
    Field,
    Formula,
    PackageUse,
    Sharing,
    State,
    Text,
    Value,
)
from dhis2cfg.wire.bind import made_uid
from tests.property.server import UNITS

PLACE = Place(file="packages/laws/objects.yaml", line=1, column=1, length=1)
ELEMENTS = tuple(f"E{number}" for number in range(5))
OPTIONS = tuple(f"O{number}" for number in range(4))
STAGES = ("ST0", "ST1", "ST2")
WORDS = ("alpha", "beta", "gamma")
ACCESS = ("r-------", "rw------")
RANGES = ((0, 10), (10, 20), (20, 30))


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage: its elements in order, which of them are compulsory, and the elements of its sections."""

    elements: tuple[str, ...]
    compulsory: frozenset[str]
    sections: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Package:
    """One release. What is left out of `elements`, `stages` or `options` is not in the package.

    `described` are elements whose description is managed; `rules` act on elements of the first stage.
    """

    elements: Mapping[str, str]
    english: frozenset[str]
    described: frozenset[str]
    options: tuple[str, ...]
    grouped: frozenset[str]
    stages: Mapping[str, Stage]
    units: frozenset[str]
    public: str
    entry: str | None
    legends: tuple[tuple[int, int], ...]
    rules: frozenset[str]


def subsets(values: tuple[str, ...], least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of the values, in any order."""
    return st.lists(st.sampled_from(values), unique=True, min_size=least).map(tuple)


@st.composite
def packages(draw: st.DrawFn, after: Package | None = None) -> Package:
    """A package; `after` an earlier release, whose rules it keeps, for deleting logic is not built yet."""
    rules = set(after.rules if after else ())
    elements = set(draw(subsets(ELEMENTS, 1))) | rules
    known = tuple(sorted(elements))
    rules |= set(draw(subsets(known)))
    stages = {name: draw(_stages(known)) for name in draw(subsets(STAGES, 1))}
    stages = {"ST0": draw(_stages(known)), **stages}
    first = stages["ST0"]
    missing = tuple(sorted(rules - set(first.elements)))
    stages["ST0"] = Stage(
        elements=first.elements + missing, compulsory=first.compulsory, sections=first.sections
    )
    return Package(
        elements={name: draw(st.sampled_from(WORDS)) for name in known},
        english=frozenset(draw(subsets(known))),
        described=frozenset(draw(subsets(known))),
        options=draw(subsets(OPTIONS, 1)),
        grouped=frozenset(draw(subsets(known))),
        stages=stages,
        units=frozenset(draw(subsets(UNITS))),
        public=draw(st.sampled_from(("--------", "r-------"))),
        entry=draw(st.sampled_from((None, *ACCESS))),
        legends=tuple(draw(st.lists(st.sampled_from(RANGES), unique=True, min_size=1))),
        rules=frozenset(rules),
    )


@st.composite
def _stages(draw: st.DrawFn, elements: tuple[str, ...]) -> Stage:
    chosen = draw(subsets(elements))
    return Stage(
        elements=chosen,
        compulsory=frozenset(draw(subsets(chosen)) if chosen else ()),
        sections=draw(subsets(("SE0", "SE1"))),
    )


HANDS = (
    "describe",
    "option",
    "own member",
    "our member",
    "own unit",
    "translate",
    "share",
    "own element",
    "our element",
    "turn round",
    "loosen",
    "section",
    "range",
    "reorder options",
)
"""What a hand may do to a server; `edits` does it."""


def hands() -> st.SearchStrategy[tuple[str, ...]]:
    """Some hand-made changes, in any order."""
    return st.lists(st.sampled_from(HANDS), unique=True, max_size=5).map(tuple)


def uid(ref: Ref) -> Uid:
    """The UID that an object of ours has."""
    return made_uid("laws", ref.type, ref.path)


def state_of(package: Package) -> State:
    """The desired state of a release."""
    objects = [
        *_elements(package),
        *_options(package),
        *_others(package),
        *_program(package),
        *_rules(package),
    ]
    return State(
        municipality="by",
        packages=(PackageUse(name="laws", version="1.0.0", locale="nb", digest="laws"),),
        objects={each.ref: each for each in objects},
    )


def _thing(ref: Ref, values: Mapping[str, Value]) -> DesiredObject:
    fields = {name: Field(value=value, place=PLACE) for name, value in values.items()}
    return DesiredObject(ref=ref, owner="laws", place=PLACE, fields=fields, uid=uid(ref))


def _child(key: str, **values: Value) -> Child:
    return Child(
        key=key, place=PLACE, fields={name: Field(value=v, place=PLACE) for name, v in values.items()}
    )


def _named(name: str, english: str | None = None) -> dict[str, Value]:
    locales = {"en": english} if english else {}
    return {
        "name": Text(base=name, locale="nb", locales=locales),
        "shortName": Text(base=name, locale="nb", locales={}),
    }


def _elements(package: Package) -> list[DesiredObject]:
    group = Ref("userGroups", "UG")
    sharing = Sharing(public=package.public, user_groups={group: package.entry} if package.entry else {})
    made = []
    for name, word in package.elements.items():
        values: dict[str, Value] = {
            **_named(f"{name} {word}", f"{word} {name}" if name in package.english else None),
            "code": name,
            "valueType": "TEXT",
            "domainType": "TRACKER",
            "aggregationType": "NONE",
            "sharing": sharing,
        }
        if name in package.described:
            values["description"] = Text(base=f"About {word}", locale="nb", locales={})
        made.append(_thing(Ref("dataElements", name), values))
    return made


def _options(package: Package) -> list[DesiredObject]:
    members = tuple(Ref("options", f"S/{name}") for name in package.options)
    one_set: dict[str, Value] = {"name": "Set", "code": "S", "valueType": "TEXT", "options": members}
    return [
        _thing(Ref("optionSets", "S"), one_set),
        *(
            _thing(ref, {"name": ref.key, "code": ref.key, "optionSet": Ref("optionSets", "S")})
            for ref in members
        ),
    ]


def _others(package: Package) -> list[DesiredObject]:
    legends = tuple(
        _child(f"L{low}", startValue=low, endValue=high, name=f"From {low}") for low, high in package.legends
    )
    members = tuple(Ref("dataElements", name) for name in sorted(package.grouped))
    return [
        _thing(Ref("userGroups", "UG"), {"name": "Our group", "code": "UG"}),
        _thing(
            Ref("dataElementGroups", "G"),
            {**_named("Group"), "code": "G", "dataElements": members},
        ),
        _thing(Ref("legendSets", "L"), {"name": "Legends", "code": "L", "legends": legends}),
        _thing(Ref("trackedEntityTypes", "T"), {**_named("Person"), "code": "T"}),
    ]


def _program(package: Package) -> list[DesiredObject]:
    program = Ref("programs", "P")
    stages = {Ref("programStages", f"P/{name}"): stage for name, stage in package.stages.items()}
    made = [
        _thing(
            program,
            {
                **_named("Program"),
                "code": "P",
                "programType": "WITH_REGISTRATION",
                "trackedEntityType": Ref("trackedEntityTypes", "T"),
                "organisationUnits": tuple(
                    Foreign("organisationUnits", Uid(unit)) for unit in sorted(package.units)
                ),
                "programStages": tuple(stages),
            },
        )
    ]
    for ref, stage in stages.items():
        sections = tuple(Ref("programStageSections", f"{ref.path}/{name}") for name in stage.sections)
        children = tuple(
            _child(name, dataElement=Ref("dataElements", name), compulsory=name in stage.compulsory)
            for name in stage.elements
        )
        made.append(
            _thing(
                ref,
                {
                    "name": ref.key,
                    "program": program,
                    "programStageDataElements": children,
                    "programStageSections": sections,
                },
            )
        )
        made += [_thing(each, {"name": each.key, "programStage": ref}) for each in sections]
    return made


def _rules(package: Package) -> list[DesiredObject]:
    made = []
    for name in sorted(package.rules):
        rule = Ref("programRules", f"P/R_{name}")
        action = Ref("programRuleActions", f"{rule.path}/HIDE")
        made += [
            _thing(
                rule,
                {
                    "name": f"Hide {name}",
                    "condition": Formula(parts=("true",)),
                    "program": Ref("programs", "P"),
                    "programRuleActions": (action,),
                },
            ),
            _thing(
                action,
                {
                    "programRule": rule,
                    "programRuleActionType": "HIDEFIELD",
                    "dataElement": Ref("dataElements", name),
                },
            ),
        ]
    return made


def json_values() -> st.SearchStrategy[Any]:
    """JSON of any shape."""
    atoms = st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-2, 2) | st.text(max_size=4)
    return st.recursive(
        atoms,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=8,
    )
