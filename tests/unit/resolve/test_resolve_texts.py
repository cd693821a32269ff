"""Tests of languages: base texts, required ones, translation files, short names that follow."""

from pathlib import Path

from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import Once, Origin, Text
from tests.unit.resolve.building import MANIFEST, a_package, rules, told, values


def test_a_text_has_its_languages(tmp_path: Path) -> None:
    """A map of locales holds the base and others; a plain text is the base."""
    package, findings = a_package(
        tmp_path,
        "constants: {C: {name: {nb: Grense, en: Limit}, value: 1, description: {nb: Tekst, en: ~}}}",
        manifest=MANIFEST,
    )
    assert rules(findings) == ["missing-translation"]
    fields = values(package.objects, "constants/C")
    assert fields["name"] == Text(base="Grense", locale="nb", locales={"en": "Limit"})
    assert fields["description"] == Text(base="Tekst", locale="nb")


def test_what_languages_lack_is_told(tmp_path: Path) -> None:
    """A map without base, a required language that is missing, a language that nobody named."""
    _, findings = a_package(
        tmp_path,
        """
        constants:
          A: {name: {en: Limit}, value: 1}
          B: {name: Grense, value: 1}
          C: {name: {nb: Hei, en: Hi, eng: Hi}, value: 1}
          D: {name: {nb: Hei, en: Hi, pl: Hej}, value: 1}
        """,
        manifest=MANIFEST,
    )
    assert told(findings) == [
        ("missing-base-text", "3:13", "name of constants/A has no text in the base language nb"),
        ("missing-translation", "4:13", "name of constants/B has no text in en"),
        ("unknown-locale", "5:31", "eng is no language of this package"),
        ("unknown-locale", "6:31", "pl is no language of this package"),
    ]
    assert findings[2].following == "did you mean en?"
    assert findings[3].following == "add it under locales:, or write the text in translations/pl.yaml"


def test_a_reference_alone_needs_no_language(tmp_path: Path) -> None:
    """What an action assigns to is no text for people."""
    _, findings = a_package(
        tmp_path,
        """
        programs:
          P:
            name: {nb: P, en: P}
            programType: WITHOUT_REGISTRATION
            programRuleVariables: {x: {programRuleVariableSourceType: CALCULATED_VALUE}}
            programRules:
              R:
                name: {nb: R, en: R}
                condition: "true"
                programRuleActions: [{programRuleActionType: ASSIGN, content: "#{x}", data: "1"}]
        """,
        manifest=MANIFEST,
    )
    assert findings == []


def test_translation_files_add_languages(tmp_path: Path) -> None:
    """A text of `translations/` joins its base text, also behind `!once`."""
    package, findings = a_package(
        tmp_path,
        "constants: {C: {name: Grense, value: 1, description: !once Tekst}}",
        **{"translations/se": "constants: {C: {name: Rádji, description: Teaksta}}"},
    )
    assert findings == []
    fields = values(package.objects, "constants/C")
    assert fields["name"] == Text(base="Grense", locale="nb", locales={"se": "Rádji"})
    assert fields["description"] == Once(value=Text(base="Tekst", locale="nb", locales={"se": "Teaksta"}))
    assert fields["shortName"] == fields["name"]


def test_translated_messages_name_variables_by_key(tmp_path: Path) -> None:
    """A text of `translations/` is read as its base text is."""
    package, findings = a_package(
        tmp_path,
        """
        programs:
          P:
            name: P
            programType: WITHOUT_REGISTRATION
            programRuleVariables: {x: {name: an x, programRuleVariableSourceType: CALCULATED_VALUE}}
            programRules:
              R:
                name: R
                condition: "true"
                programRuleActions: [{programRuleActionType: SHOWWARNING, content: "Se #{x}"}]
        """,
        **{"translations/se": 'programRuleActions: {P/R/SHOWWARNING: {content: "Geahča #{x}"}}'},
    )
    assert findings == []
    assert values(package.objects, "programRuleActions/P/R/SHOWWARNING")["content"] == Text(
        base="Se #{an x}", locale="nb", locales={"se": "Geahča #{an x}"}
    )


def test_stray_translations_are_told(tmp_path: Path) -> None:
    """A translation needs an object, a base text, and to be the only one of its language."""
    _, findings = a_package(
        tmp_path,
        "constants: {C: {name: {nb: Grense, se: R}, value: 1, code: !keep }}",
        manifest=MANIFEST.replace("required: [en], ", ""),
        **{
            "translations/se": """
                constants:
                  C: {name: Rádji, description: Teaksta}
                  CC: {name: Eará}
                """
        },
    )
    assert told(findings) == [
        ("duplicate-key", "3:7", "name has two texts in se"),
        ("missing-base-text", "3:20", "description of constants/C has no base text"),
        ("unknown-reference", "4:8", "constants/CC does not exist"),
    ]
    assert findings[2].following == "did you mean C?"


def test_a_short_name_follows_in_every_language(tmp_path: Path) -> None:
    """It stands right behind the name and knows that it follows; types that need none get none."""
    package, _ = a_package(
        tmp_path,
        """
        constants:
          C: {name: {nb: Grense, en: Limit}, value: 1}
          D: {name: {nb: D, en: D}, shortName: {nb: d, en: d}, value: 1}
        optionSets: {S: {name: {nb: S, en: S}, valueType: TEXT}}
        """,
        manifest=MANIFEST,
    )
    fields = package.objects[Ref("constants", "C")].fields
    assert list(fields) == ["code", "name", "shortName", "value"]
    assert fields["shortName"].value == Text(base="Grense", locale="nb", locales={"en": "Limit"})
    assert fields["shortName"].origin is Origin.FOLLOWS
    assert package.objects[Ref("constants", "D")].fields["shortName"].origin is Origin.WRITTEN
    assert "shortName" not in package.objects[Ref("optionSets", "S")].fields


def test_a_name_that_is_too_long_needs_a_short_name(tmp_path: Path) -> None:
    """Fifty characters fit; one more is a finding, also behind `!once`."""
    package, findings = a_package(
        tmp_path,
        f"""
        constants:
          A: {{name: {"a" * 50}, value: 1}}
          B: {{name: {"b" * 51}, value: 1}}
          C: {{name: !once {"c" * 51}, value: 1}}
        """,
    )
    assert told(findings) == [
        ("short-name", "4:13", "constants/B needs a shortName: its name has 51 characters"),
        ("short-name", "5:13", "constants/C needs a shortName: its name has 51 characters"),
    ]
    assert values(package.objects, "constants/B")["shortName"] == Text(base="b" * 50, locale="nb")


def test_short_names_that_follow_must_differ(tmp_path: Path) -> None:
    """Where DHIS2 lets two objects have one name, their short names still may not follow both."""
    _, findings = a_package(
        tmp_path,
        """
        programs:
          A: {name: Indeks, programType: WITHOUT_REGISTRATION}
          B: {name: Indeks, programType: WITHOUT_REGISTRATION}
          C: {name: Annet, shortName: C, programType: WITHOUT_REGISTRATION}
          D: {name: Mer, shortName: C, programType: WITHOUT_REGISTRATION}
        """,
    )
    assert told(findings) == [
        ("short-name", "4:13", "programs/B needs a shortName: programs/A is called 'Indeks' too")
    ]


def test_tags_inside_a_language(tmp_path: Path) -> None:
    """`!raw` may stand before one language's text; `!once` stands before the whole."""
    package, findings = a_package(
        tmp_path,
        'constants: {A: {name: {nb: !raw "#{x}", se: !once R}, value: 1}}',
        manifest=MANIFEST.replace("required: [en], ", ""),
    )
    assert rules(findings) == ["raw-text", "wrong-form"]
    assert values(package.objects, "constants/A")["name"] == Text(base="#{x}", locale="nb")
