"""Tests of `package.yaml`: what it says, and values of parameters."""

from pathlib import Path

import pytest

from dhis2cfg.model import tree
from dhis2cfg.model.findings import Severity
from dhis2cfg.model.fleet import PackageChoice
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Document
from dhis2cfg.resolve import Manifest, read_manifest
from dhis2cfg.resolve.parameters import settings_for, unused
from tests.unit.resolve.building import a_package, a_tree, rules, told

WHOLE = """
name: covid-no
version: 1.4.0
title: Smittesporing
description: For kommuner
dhis2: ">=2.41,<2.44"
locale: nb
locales: {required: [en], inline: [nn], optional: [se]}
parameters:
  days: {type: integer, minimum: 0, maximum: 30, default: 6, title: Days, description: In isolation}
  word: {minLength: 2, maxLength: 4}
  limit: {type: number, enum: [38.0, 38.5]}
  open: {type: boolean}
sharing: {tracing: {public: "--------"}}
defaults: {dataElements: {domainType: TRACKER}}
requires: {base: ">=1", other: {version: "2"}}
severity: {option-code: warning, text-length: nonsense}
privacy: {persons: [PERSON], readers: [A, B], numbers: [FNR], never: [F_X]}
was: old-name
"""


def a_manifest(text: str) -> tuple[Manifest, list[str]]:
    """A manifest read from text, and the rules of its findings."""
    document = Document(file="packages/covid-no/package.yaml", root=a_tree(text), text=text)
    manifest, findings = read_manifest(document)
    return manifest, rules(findings)


def a_choice(**parameters: str | int | bool | None) -> PackageChoice:
    """A municipality's choice with these parameters."""
    place = Place(file="m.yaml", line=2)
    return PackageChoice(name="covid-no", version="", parameters=parameters, place=place)


def test_a_manifest_is_read_whole() -> None:
    """Every word of the manifest becomes a value."""
    manifest, findings = a_manifest(WHOLE)
    assert findings == []
    assert (manifest.name, manifest.version, manifest.title) == ("covid-no", "1.4.0", "Smittesporing")
    assert (manifest.description, manifest.dhis2) == ("For kommuner", ">=2.41,<2.44")
    assert manifest.locales == ("nb", "en", "nn", "se")
    assert (manifest.required, manifest.inline, manifest.optional) == (("en",), ("nn",), ("se",))
    assert list(manifest.parameters) == ["days", "word", "limit", "open"]
    assert manifest.parameters["days"].description == "In isolation"
    assert list(manifest.sharing) == ["tracing"]
    assert list(manifest.defaults) == ["dataElements"]
    assert manifest.requires == {"base": ">=1", "other": "2"}
    assert manifest.severity == {"option-code": Severity.WARNING}
    assert manifest.was == ("old-name",)
    assert manifest.privacy is not None
    promised = (manifest.privacy.persons, manifest.privacy.readers, manifest.privacy.numbers)
    assert [[word.text for word in words] for words in promised] == [["PERSON"], ["A", "B"], ["FNR"]]
    assert [(word.text, word.place.line) for word in manifest.privacy.never] == [("F_X", 18)]


def test_what_is_missing_has_a_stand_in() -> None:
    """An empty manifest is called as its folder is, in English."""
    manifest, findings = read_manifest(Document(file="packages/covid-no/package.yaml", root=None, text=""))
    assert (manifest.name, manifest.version, manifest.locale) == ("covid-no", "0.0.0", "en")
    assert findings == ()


def test_a_title_may_have_languages() -> None:
    """The title in the base language is the one that is shown."""
    manifest, _ = a_manifest("{locale: nb, title: {en: Tracing, nb: Sporing}}")
    assert manifest.title == "Sporing"


def test_requires_may_be_a_list() -> None:
    """A list of names accepts every version."""
    manifest, _ = a_manifest("requires: [base, other]")
    assert manifest.requires == {"base": "", "other": ""}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("extends: x", "reserved-word"),
        ("version: 1.4", "package-version"),
        ("dhis2: newest", "version-requirement"),
        ("parameters: {days: {type: integer, default: six}}", "parameter-value"),
        ("parameters: {days: {type: integer, minimum: 9, default: 6}}", "parameter-value"),
    ],
)
def test_what_a_manifest_may_not_say(text: str, rule: str) -> None:
    """Each mistake is one finding."""
    _, findings = a_manifest(text)
    assert findings == [rule]


def test_values_come_from_the_municipality_else_from_the_default() -> None:
    """A given value wins, and is typed by the parameter's schema."""
    manifest, _ = a_manifest(WHOLE)
    settings, findings = settings_for(
        "covid-no", manifest.parameters, a_choice(word="abc", limit="38.5", open=True)
    )
    assert findings == ()
    assert {name: each.value for name, each in settings.items()} == {
        "days": 6,
        "word": "abc",
        "limit": 38.5,
        "open": True,
    }
    assert settings["limit"].text == "38.5"


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ({"days": "6.5"}, "wanted: a whole number"),
        ({"days": "-1"}, "wanted: at least 0"),
        ({"days": 31}, "wanted: at most 30"),
        ({"word": "a"}, "wanted: at least 2 characters"),
        ({"word": "abcde"}, "wanted: at most 4 characters"),
        ({"limit": "40"}, "wanted: one of 38.0, 38.5"),
        ({"limit": "warm"}, "wanted: a number"),
        ({"open": "yes"}, "wanted: true or false"),
        ({"open": None}, "wanted: true or false"),
    ],
)
def test_a_value_must_fit(given: dict[str, str | int | None], label: str) -> None:
    """A value that the schema refuses is a finding that says what was wanted."""
    manifest, _ = a_manifest(WHOLE)
    fine: dict[str, str | int | None] = {"word": "abc", "limit": "38.0", "open": "false"}
    _, findings = settings_for("covid-no", manifest.parameters, a_choice(**{**fine, **given}))
    assert [(each.rule, each.label) for each in findings] == [("parameter-value", label)]


def test_names_that_the_package_does_not_know_are_told() -> None:
    """An undefined parameter is a finding with the nearest known name."""
    manifest, _ = a_manifest(WHOLE)
    fine = a_choice(word="abc", limit="38.0", open="false", day=3)
    _, findings = settings_for("covid-no", manifest.parameters, fine)
    assert told(findings) == [("undefined-parameter", "2:1", "package covid-no has no parameter day")]
    assert findings[0].following == "did you mean days (f.yaml:10)?"
    _, findings = settings_for("covid-no", {}, a_choice(zzz=1))
    assert findings[0].following == "it has none"


def test_a_value_that_is_nowhere_is_told() -> None:
    """A parameter without default wants a value, unless no municipality is meant."""
    manifest, _ = a_manifest(WHOLE)
    _, findings = settings_for("covid-no", manifest.parameters, a_choice())
    assert [each.message for each in findings] == [
        "parameter word of covid-no has no default and no value here",
        "parameter limit of covid-no has no default and no value here",
        "parameter open of covid-no has no default and no value here",
    ]
    alone, findings = settings_for("covid-no", manifest.parameters, None)
    assert findings == ()
    assert {name: each.value for name, each in alone.items()} == {
        "days": 6,
        "word": "",
        "limit": 38.0,
        "open": False,
    }


def test_an_unused_parameter_is_told(tmp_path: Path) -> None:
    """A parameter that nothing uses is a finding at its definition."""
    manifest = """
        name: p
        version: 1.0.0
        dhis2: ">=2.41"
        locale: nb
        parameters: {used: {default: A}, idle: {default: B}}
        """
    text = "constants: {A: {name: !var used, value: 1}}"
    _, findings = a_package(tmp_path, text, manifest=manifest)
    assert told(findings) == [("unused-parameter", "6:34", "nothing in p uses parameter idle")]
    assert unused({}, (), "p") == ()


def test_a_parameter_that_is_no_mapping_takes_any_text() -> None:
    """A tree that `load` would have refused does no harm."""
    manifest, findings = a_manifest("parameters: {days: 6, word: {minimum: x, default: {a: 1}}}")
    assert findings == []
    assert manifest.parameters["days"].kind == "string"
    assert manifest.parameters["word"].default is None
    assert isinstance(a_tree("a: 1"), tree.Mapping)
