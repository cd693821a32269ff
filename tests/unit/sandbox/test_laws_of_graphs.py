"""Random graphs of objects, random second imports: replacement, ownership and order hold (facts §5)."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.sandbox.server import (
    FULL,
    PUBLIC,
    Server,
    a_program,
    element,
    program,
    refs,
    stage,
    uid,
    unit,
)

ELEMENTS = ("D1", "D2", "D3", "D4")
STAGES = ("S", "T", "W")
SECTIONS = ("X", "Y", "Z")
OPTIONS = ("a", "b", "c", "d")
UNITS = ("U1", "U2", "U3")
Sent = dict[str, list[dict[str, Any]]]


def some(names: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    """Some of the names, in any order."""
    return st.lists(st.sampled_from(names), unique=True, max_size=len(names))


@st.composite
def stages(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Stages with elements and sections, each section in one stage at most."""
    found, free = [], list(SECTIONS)
    for name in draw(some(STAGES)):
        held = [one for one in draw(some(SECTIONS)) if one in free]
        free = [one for one in free if one not in held]
        rows = [
            {"id": uid(f"{name}row{one}"), "dataElement": {"id": uid(one)}, "sortOrder": place}
            for place, one in enumerate(draw(some(ELEMENTS)), 1)
        ]
        found.append(stage(rows, id=uid(name), name=name, programStageSections=refs(*held)))
    return found


@st.composite
def graphs(draw: st.DrawFn) -> Sent:
    """One call: any of a program's stages with sections, groups, an option set, a tree of units."""
    sent: Sent = {}
    if draw(st.booleans()):
        sent["programs"] = [program(programStages=refs(*draw(some(STAGES))))]
    sent["programStages"] = draw(stages())
    listed = {row["id"]: one["id"] for one in sent["programStages"] for row in one["programStageSections"]}
    sent["programStageSections"] = [
        {"id": one, "name": one, "sortOrder": 1, "dataElements": refs(*draw(some(ELEMENTS)))}
        | {"programStage": {"id": owner}}
        for one, owner in listed.items()
    ]
    sent["dataElementGroups"] = [
        {"id": uid(name), "name": name, "shortName": name, "dataElements": refs(*draw(some(ELEMENTS)))}
        for name in draw(some(("G", "H")))
    ]
    if draw(st.booleans()):
        codes = draw(some(OPTIONS))
        sent["optionSets"] = [
            {
                "id": uid("OS"),
                "name": "OS",
                "valueType": "TEXT",
                "options": refs(*(f"o{one}" for one in codes)),
            }
            | {"sharing": PUBLIC}
        ]
    sent["organisationUnits"] = draw(trees())
    return sent


@st.composite
def trees(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Units, each below `O` or below one that stands before it in the alphabet."""
    found = []
    for name in draw(some(UNITS)):
        above = draw(st.sampled_from(["O", *UNITS[: UNITS.index(name)]]))
        found.append(unit(name, above))
    return found


@dataclass
class Standing:
    """What the laws say stands: an independent model, kept beside the server."""

    program: list[str] = field(default_factory=lambda: [uid("S")])
    owner: dict[str, str | None] = field(default_factory=lambda: {uid("S"): uid("P")})
    elements: dict[str, list[str]] = field(default_factory=lambda: {uid("S"): [uid("D1"), uid("D2")]})
    sections: dict[str, str] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)
    parents: dict[str, str] = field(default_factory=dict)

    def take(self, sent: Sent) -> None:
        """The effect of one call, in the order of the server's work."""
        for row in sent["organisationUnits"]:
            self.parents[row["id"]] = row["parent"]["id"]
        for row in sent.get("optionSets", []):
            self.options = [one["id"] for one in row["options"]]
        for row in sent["dataElementGroups"]:
            self.members[row["id"]] = {one["id"] for one in row["dataElements"]}
        for row in sent["programStageSections"]:
            self.sections[row["id"]] = row["programStage"]["id"]
        for row in sent["programStages"]:
            held = [one["id"] for one in row["programStageSections"]]
            self.sections = {
                one: owner for one, owner in self.sections.items() if owner != row["id"] or one in held
            }
            self.elements[row["id"]] = [one["dataElement"]["id"] for one in row["programStageDataElements"]]
            self.owner[row["id"]] = uid("P")
        for row in sent.get("programs", []):
            listed = [one["id"] for one in row["programStages"]]
            self.owner = {one: uid("P") if one in listed else None for one in self.owner}

    def path(self, one: str) -> str:
        """A unit's path."""
        above = self.parents.get(one)
        return f"{self.path(above) if above else ''}/{one}"


def is_closed(standing: Standing, sent: Sent) -> bool:
    """Whether every reference points at what stands or comes along; else the call is refused (E5002)."""
    known = {*standing.owner, *(row["id"] for row in sent["programStages"])}
    wanted = {one["id"] for row in sent.get("programs", []) for one in row["programStages"]}
    units = {uid("O"), *standing.parents, *(row["id"] for row in sent["organisationUnits"])}
    above = {row["parent"]["id"] for row in sent["organisationUnits"]}
    return wanted <= known and above <= units


def must_stand(server: Server, standing: Standing) -> None:
    """The server holds what the model says."""
    query = "fields=:owner,path&" + "&".join(
        f"{name}=true"
        for name in (
            "programStages",
            "programStageSections",
            "dataElementGroups",
            "options",
            "organisationUnits",
        )
    )
    found = server.get(f"/api/metadata?{query}")
    stands = {name: {row["id"]: row for row in found.get(name, [])} for name in found if name != "system"}
    held = {key: row.get("program", {}).get("id") for key, row in stands.get("programStages", {}).items()}
    assert held == standing.owner
    for key, row in stands.get("programStages", {}).items():
        rows = sorted(row["programStageDataElements"], key=lambda one: one["sortOrder"])
        assert [one["dataElement"]["id"] for one in rows] == standing.elements[key]
    sections = stands.get("programStageSections", {})
    assert {key: row["programStage"]["id"] for key, row in sections.items()} == standing.sections
    groups = stands.get("dataElementGroups", {})
    assert {
        key: {one["id"] for one in row["dataElements"]} for key, row in groups.items()
    } == standing.members
    numbered = {key: row["sortOrder"] for key, row in stands["options"].items() if "optionSet" in row}
    assert numbered == {one: place for place, one in enumerate(standing.options)}
    paths = {key: row["path"] for key, row in stands["organisationUnits"].items() if key in standing.parents}
    assert paths == {one: standing.path(one) for one in standing.parents}


@given(calls=st.lists(graphs(), min_size=2, max_size=3))
@settings(max_examples=20, deadline=None)
def test_after_any_imports_what_stands_obeys_the_laws(calls: list[Sent]) -> None:
    """Lists are replaced, children follow their parents' lists, sections go, stages and options stay."""
    server, standing = Server(), Standing()
    a_program(server)
    server.commit(
        dataElements=[element(name) for name in ELEMENTS],
        options=[{"id": uid(f"o{one}"), "code": one, "name": one} for one in OPTIONS],
        dataElementGroups=[],
    )
    for sent in calls:
        answered = server.post(f"/api/metadata?{FULL}", sent)
        if not is_closed(standing, sent):
            assert (answered.status, set(answered.codes)) == (409, {"E5002"})
            continue
        assert answered.status == 200, answered.body
        standing.take(sent)
        must_stand(server, standing)
