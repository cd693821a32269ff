"""What only follows from a mistake that is told already is left out."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.places import Place
from dhis2cfg.validate import Package, verdict
from dhis2cfg.validate.echoes import beyond, folded, settled, without_lacks
from tests.unit.validate.states import child, field, state, thing


def told(  # noqa: PLR0913 - what findings have
    rule: str,
    line: int = 1,
    column: int = 1,
    *,
    file: str = "p/a.yaml",
    turn: str = "",
    message: str = "",
    label: str = "",
    following: str = "",
) -> Finding:
    """An error of a rule at a place."""
    place = Place(file=file, line=line, column=column, turn=turn)
    return Finding(rule=rule, message=message, place=place, label=label, following=following)


def rules(findings: Iterable[Finding]) -> list[str]:
    """The rules of findings."""
    return [each.rule for each in findings]


def test_one_value_is_told_once() -> None:
    """Who reads later says nothing of a value in which an error was told."""
    first = [told("not-one-of", 3, 5), replace(told("hidden", 4), severity=Severity.WARNING)]
    later = [told("constant", 3, 5), told("constant", 3, 9), told("text-length", 4)]
    assert list(beyond(first, later)) == later[1:]


def test_what_is_said_of_a_key_hides_nothing() -> None:
    """A stale lock at an object does not hide what the object lacks, nor the reverse."""
    assert rules(beyond([told("stale-lock")], [told("required-property")])) == ["required-property"]
    assert rules(beyond([told("required-property")], [told("key-form")])) == ["key-form"]


@pytest.mark.parametrize(
    ("line", "column", "kept"),
    [
        (2, 9, ["required-property at 5"]),  # on the line of A
        (3, 5, ["required-property at 5"]),  # below A, further in
        (4, 20, ["required-property at 2", "required-property at 5"]),  # inside the child of A
        (6, 5, ["required-property at 2"]),  # below B
        (1, 1, ["required-property at 2", "required-property at 5"]),  # before both
        (6, 1, ["required-property at 2", "required-property at 5"]),  # beside both
    ],
)
def test_an_object_that_was_not_read_whole_lacks_nothing(line: int, column: int, kept: list[str]) -> None:
    """What seems to be missing may be what could not be read, in this very object and in no other."""
    inner = replace(child("C"), place=Place(file="p/a.yaml", line=4, column=7))
    one = replace(
        thing("dataSets/A", dataSetElements=field((inner,), 4)),
        place=Place(file="p/a.yaml", line=2, column=3),
    )
    two = replace(thing("dataSets/B"), place=Place(file="p/a.yaml", line=5, column=3))
    lacks = [told("required-property", 2, 3), told("required-property", 5, 3), told("constant", 2, 3)]
    left = without_lacks([told("unknown-property", line, column)], lacks, [state(one, two)])
    assert [f"{each.rule} at {each.place.line}" for each in left if each.rule != "constant"] == kept


def test_without_an_error_every_lack_is_told() -> None:
    """A warning of `load` means that all was read."""
    warning = replace(told("no-match", 2, 9), severity=Severity.WARNING)
    lacks = [told("required-property", 2, 3)]
    assert list(without_lacks([warning], lacks, [state(thing("dataSets/A"))])) == lacks


def test_a_lock_is_judged_when_nothing_else_is_wrong() -> None:
    """In one package, that is; other packages and the workspace are judged apart."""
    findings = [
        told("stale-lock", file="p/uids.lock"),
        told("unused-parameter", file="p/package.yaml"),
        told("stale-lock", file="q/uids.lock"),
        told("stale-lock", file="uids.lock"),
        told("unknown-reference", file="p/a.yaml"),
    ]
    assert [(each.rule, each.place.file) for each in settled(findings, ("p", "q"))] == [
        ("stale-lock", "q/uids.lock"),
        ("stale-lock", "uids.lock"),
        ("unknown-reference", "p/a.yaml"),
    ]
    assert list(settled(findings[:4], ("p", "q"))) == findings[:4]


def test_turns_and_objects_that_are_wrong_alike() -> None:
    """One value that many turns or objects repeat is told once, with the number of the others."""
    findings = [
        told("option-code", 1, 2, turn=turn, message=turn, label="no code") for turn in ("a=1", "a=2", "a=3")
    ]
    findings += [told("constant", 4, 2, message=name) for name in ("A", "B")]
    findings += [told("constant", 5, 2, message="C"), told("constant", 5, 2, message="D", following="other")]
    assert [(each.message, each.label) for each in folded(findings)] == [
        ("a=1", "no code, and in 2 more turns"),
        ("A", "and in 1 more object"),
        ("C", ""),
        ("D", ""),
    ]


def test_a_verdict_puts_all_together() -> None:
    """What was found by any stage, in the order of lines, each mistake once."""
    bad = thing("nonsense/A", line=7, x=1)
    package = Package(name="demo", versions=("2.42",), folder="packages/demo")
    form, meaning = [told("yaml-syntax", 9, file="b.yaml")], [told("unknown-reference", 8, file="b.yaml")]
    found = verdict(form, meaning, [state(bad)], {"demo": package, "alone": replace(package, folder="")}, {})
    assert rules(found) == ["unknown-reference", "yaml-syntax"]


def test_a_key_that_looks_renamed_makes_its_lock_stale() -> None:
    """That is told once, as the rename; locks of other packages are judged apart."""
    findings = [
        told("looks-renamed", file="p/a.yaml"),
        told("stale-lock", file="p/uids.lock"),
        told("stale-lock", file="q/uids.lock"),
    ]
    assert [(each.rule, each.place.file) for each in settled(findings, ("p", "q"))] == [
        ("looks-renamed", "p/a.yaml"),
        ("stale-lock", "q/uids.lock"),
    ]
