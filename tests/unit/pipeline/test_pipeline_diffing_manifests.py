"""What a package promises about persons is told when it changes."""

from dataclasses import replace

from dhis2cfg.model.places import Place
from dhis2cfg.model.privacy import Privacy, Word
from dhis2cfg.pipeline.diffing.manifests import manifest_changes
from dhis2cfg.resolve import Manifest
from tests.unit.resolve.building import a_tree

HERE = Place(file="package.yaml")
BEFORE = Manifest(name="p", version="1.0.0", locale="nb", place=HERE)


def words(*texts: str) -> tuple[Word, ...]:
    """Words as they stand in a list."""
    return tuple(Word(text=text, place=HERE) for text in texts)


def test_a_promise_is_a_line_each() -> None:
    """Who are persons, who reads them, what is guarded, what no role may do."""
    promise = Privacy(place=HERE, persons=words("PERSON"), readers=words("A", "B"), never=words("F_X"))
    found = manifest_changes(BEFORE, replace(BEFORE, privacy=promise))
    assert [(each.field, each.before, each.after) for each in found] == [
        ("who are persons", None, "PERSON"),
        ("who may read persons", None, "A, B"),
        ("what no role may do", None, "F_X"),
    ]


def test_what_is_adopted_is_a_line_each() -> None:
    """By type or by object, with the properties by which it is found."""
    adopt = a_tree("indicatorTypes: [factor, number]\ntrackedEntityTypes/P: {name: Person}\nlevels: level\n")
    found = manifest_changes(BEFORE, replace(BEFORE, adopt=adopt))
    assert [(each.field, each.before, each.after) for each in found] == [
        ("adopts indicatorTypes by", None, "factor, number"),
        ("adopts trackedEntityTypes/P by", None, "name Person"),
        ("adopts levels by", None, "level"),
    ]
