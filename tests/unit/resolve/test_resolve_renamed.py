"""Keys that look renamed: a line of the lock without an object, beside an object that is its like."""

from dhis2cfg.load.text.events import parse
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.sources import LockFile, LockLine
from dhis2cfg.resolve.objects.entities import Entity
from dhis2cfg.resolve.renamed import renamed_findings


def lock(*paths: str) -> LockFile:
    """A lock with a line for each path."""
    lines = tuple(
        LockLine(path=path, uid=Uid(f"abcdefghi{at:02}"), place=Place(file="uids.lock", line=at))
        for at, path in enumerate(paths, 1)
    )
    return LockFile(file="uids.lock", lines=lines, exists=True)


def findings(objects: dict[str, str], *locked: str) -> tuple[Finding, ...]:
    """What is found for objects (`type/PATH`: what it says) and these lines."""
    new = {}
    for line, (name, said) in enumerate(objects.items(), 1):
        root = parse(said, "a.yaml")[0].root
        assert root is not None
        type_name, _, path = name.partition("/")
        ref = Ref(type_name, path)
        new[ref] = Entity(ref=ref, place=Place(file="a.yaml", line=line), node=root)
    return renamed_findings(new, lock(*locked))


def pairs(objects: dict[str, str], *locked: str) -> list[str]:
    """The messages, short."""
    return [each.message.partition(",")[0] for each in findings(objects, *locked)]


def test_a_key_of_almost_the_same_letters() -> None:
    """The finding stands at the new key and shows the line that lost its object."""
    (finding,) = findings({"dataElements/NO_FEBER": "a: 1"}, "dataElements/NO_FEBR")
    assert finding.message == (
        "dataElements/NO_FEBER is new, and dataElements/NO_FEBR, which is locked as abcdefghi01, is gone: "
        "it looks renamed"
    )
    assert (finding.place.file, finding.related[0].place.file) == ("a.yaml", "uids.lock")
    assert "dhis2cfg rename dataElements/NO_FEBR NO_FEBER" in finding.following


def test_the_old_key_is_its_name_or_its_code() -> None:
    """In whatever language; the code of an object that servers know is kept when its key changes."""
    assert pairs({"dataElements/B": "code: PCR_SVAR"}, "dataElements/PCR_SVAR") == ["dataElements/B is new"]
    assert pairs({"dataElements/B": "name: Prøvesvar på"}, "dataElements/PROVESVAR_PA")
    assert pairs({"dataElements/B": "name: {nb: X, en: Fever, nn: ~}"}, "dataElements/FEVER")
    assert pairs({"dataElements/B": "name: {nb: X, en: Fever}"}, "dataElements/HOSTE") == []


def test_numbers_types_and_parents_tell_things_apart() -> None:
    """Another number, another type, another parent: nothing was renamed."""
    assert pairs({"dataElements/SVAR_2": "a: 1"}, "dataElements/SVAR_1") == []
    assert pairs({"dataElements/FEBER": "a: 1"}, "optionSets/FEBR") == []
    assert pairs({"options/T/FEBER": "a: 1"}, "options/S/FEBR") == []
    assert pairs({"dataElements/A": "a: 1"}, "dataElements/A") == []


def test_what_stands_inside_follows() -> None:
    """A renamed program is one finding; what was renamed inside a program that stands is another."""
    objects = {
        "programs/MELDINGER": "a: 1",
        "programRules/MELDINGER/R": "a: 1",
        "programRules/Q/FEBER": "a: 1",
    }
    locked = ("programs/MELDINGEN", "programRules/MELDINGEN/R", "programRules/Q/FEBR")
    assert pairs(objects, *locked) == ["programs/MELDINGER is new", "programRules/Q/FEBER is new"]


def test_one_line_is_one_rename() -> None:
    """Two new keys cannot both have been the old one."""
    assert pairs(
        {"dataElements/NO_FEBER": "a: 1", "dataElements/NO_FEBRE": "a: 1"}, "dataElements/NO_FEBR"
    ) == ["dataElements/NO_FEBER is new"]
