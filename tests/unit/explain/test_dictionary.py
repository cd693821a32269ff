"""What a package asks people for, and who may do what, as a book."""

from pathlib import Path

import pytest

from dhis2cfg.cli.work.documenting import dictionary
from dhis2cfg.explain.objects import objects_of
from dhis2cfg.explain.rights import rights
from dhis2cfg.model.dictionary import Dictionary
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import DesiredObject, Field, Sharing
from dhis2cfg.pipeline.reading import read, resolved
from dhis2cfg.report.handbook import as_html, as_markdown, chapters
from dhis2cfg.report.handbook.markdown import escaped
from dhis2cfg.resolve import ResolvedPackage

PACKAGE = """
name: demo
title: Demo <b>
locale: en
locales: {inline: [nb], optional: [fr]}
sharing:
  open: {public: "r-------", userGroups: {G: r-rw----}, users: {kari: rw------}}
  closed: {public: "--------"}
"""
OBJECTS = """
userGroups: {G: {name: Tracers, sharing: closed}}
userRoles:
  R: {name: Tracer, sharing: closed, authorities: [F_B, F_A]}
  Q: {name: Nobody, sharing: closed}
optionSets:
  YN: {name: "Yes, no", valueType: TEXT, sharing: closed, options: {"Y": {en: "Yes"}, "N": {en: "No"}}}
  LONG: {name: Long, valueType: TEXT, sharing: closed, options: !csv long.csv}
dataElements:
  FEVER:
    name: {en: Fever, nb: Feber}
    formName: {en: Has fever, nb: Har feber, fr: Fièvre}
    description: Over 38
    valueType: TEXT
    domainType: TRACKER
    aggregationType: NONE
    optionSet: YN
    sharing: closed
  COUNTRY:
    {name: Country, valueType: TEXT, domainType: TRACKER, aggregationType: NONE, optionSet: LONG,
      sharing: closed}
  NOTE: {name: Note, valueType: LONG_TEXT, domainType: AGGREGATE, aggregationType: NONE, sharing: closed}
trackedEntityAttributes:
  BIRTH: {name: Birth, valueType: DATE, aggregationType: NONE, sharing: open}
trackedEntityTypes: {PERSON: {name: Person, sharing: closed}}
programs:
  P:
    name: Cases
    description: Every case
    programType: WITH_REGISTRATION
    trackedEntityType: PERSON
    sharing: open
    programTrackedEntityAttributes: {BIRTH: {mandatory: true}}
    programStages:
      S:
        name: First
        sharing: open
        programStageDataElements: {FEVER: {compulsory: true}, COUNTRY: {}}
        programStageSections:
          SYMPTOMS: {name: Symptoms, dataElements: [FEVER]}
          EMPTY: {name: Empty, dataElements: []}
    programRuleVariables:
      country: {programRuleVariableSourceType: DATAELEMENT_CURRENT_EVENT, dataElement: COUNTRY}
    programRules:
      HIDE:
        name: Hide fever
        condition: "#{country} == 'X'"
        programRuleActions:
          - {programRuleActionType: HIDEFIELD, dataElement: FEVER}
          - {programRuleActionType: ASSIGN, dataElement: COUNTRY, data: "'X'"}
dataSets:
  D:
    name: Weekly
    periodType: Weekly
    sharing: closed
    dataSetElements: [NOTE]
    sections:
      SEC: {name: Notes, dataElements: [NOTE]}
"""


PLACE = Place(file="f.yaml", line=7)


@pytest.fixture
def book(tmp_path: Path) -> Dictionary:
    """The book of a small package."""
    return dictionary(written(tmp_path))


def written(tmp_path: Path) -> ResolvedPackage:
    """The small package, from files."""
    (tmp_path / "package.yaml").write_text(PACKAGE, encoding="utf-8")
    (tmp_path / "objects.yaml").write_text(OBJECTS, encoding="utf-8")
    rows = "".join(f"O{number},Option {number}\n" for number in range(31))
    (tmp_path / "long.csv").write_text(f"key,name.en\n{rows}", encoding="utf-8")
    (package,) = resolved(read(tmp_path)).packages.values()
    return package


def test_fields_stand_with_their_options_rules_and_lines(book: Dictionary) -> None:
    """Programs, then their stages, then data sets; sections in their order, the rest behind them."""
    assert [(each.kind, each.object.name) for each in book.holders] == [
        ("program", "Cases"),
        ("stage", "First"),
        ("data set", "Weekly"),
    ]
    stage = book.holders[1]
    assert [(part.title, [each.field.path for each in part.fields]) for part in stage.parts] == [
        ("Symptoms", ["FEVER"]),
        ("", ["COUNTRY"]),
    ]
    fever = stage.parts[0].fields[0]
    assert (fever.label, fever.compulsory, fever.texts) == ("Has fever", True, (("nb", "Har feber"),))
    assert [(each.code, each.name) for each in fever.options] == [("Y", "Yes"), ("N", "No")]
    assert [(each.does, each.rule) for each in fever.doings] == [("HIDEFIELD", "Hide fever")]
    assert book.holders[0].parts[0].fields[0].compulsory


def test_rights_name_the_line_that_grants_them(book: Dictionary) -> None:
    """Everybody, groups, users; what is closed grants nothing."""
    told = [(each.who, each.kind, each.may) for each in book.rights]
    assert ("Tracers", "program", ("see", "see data", "enter data")) in told
    assert ("everybody", "attribute", ("see",)) in told
    assert ("kari", "stage", ("see", "change")) in told
    assert not any(each.kind == "data element" for each in book.rights)
    assert [(each.role.name, each.authorities) for each in book.roles] == [
        ("Nobody", ()),
        ("Tracer", ("F_A", "F_B")),
    ]
    place = next(each.place for each in book.rights if each.kind == "program")
    assert (place.file, place.line) == ("objects.yaml", 32)


def test_the_book_as_markdown(book: Dictionary) -> None:
    """Texts of files are shown as text; long option sets as a number."""
    text = as_markdown(chapters(book))
    assert text.startswith("# Demo \\<b\\> 0.0.0\n\nPackage demo.")
    assert (
        "Has fever (must be filled in)<br>FEVER<br>nb: Har feber<br>Over 38 | Yes, no:<br>Y = Yes<br>N = No |"
        in text
    )
    assert "Hide fever: hides it when " in text
    assert "Hide fever: fills it: 'X', when " in text
    assert "| Long: 31 options |" in text
    assert "### Role Tracer\n\nR, objects.yaml:4:3\n\n| Allows | Why |" in text
    assert "### Group Tracers\n\n| What | May | Which, and why |\n" in text
    assert "| 1 stage | see, see data, enter data | First (Cases) (objects.yaml:37:18) |" in text
    assert "| 1 program | see, see data, enter data | Cases (objects.yaml:32:14) |" in text
    assert text.endswith("| F\\_B | objects.yaml:4:51 |\n")
    assert "It allows nothing by itself." in text


def test_the_book_as_one_page(book: Dictionary) -> None:
    """Every field is there as text, and nothing outside of the page is asked for."""
    page = as_html(chapters(book), locale=book.locale)
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert '<h1 id="s0">Demo &lt;b&gt; 0.0.0</h1>' in page
    for name in ("FEVER", "COUNTRY", "NOTE", "BIRTH"):
        assert name in page
    assert not any(word in page for word in ("<script", "src=", "http:", "https:", "url(", "@import"))


def test_places_are_links_where_the_files_are_at_hand(tmp_path: Path) -> None:
    """A role's link leads to its line, which stands at the end of the page; other files are only named."""
    package = written(tmp_path)
    page = as_html(
        chapters(dictionary(package, {"objects.yaml": OBJECTS, "other.yaml": "x: y"})), locale="en"
    )
    assert '<p>R <a class="line" href="#f0-4">objects.yaml:4</a></p>' in page
    assert '<h2 id="f0">objects.yaml</h2>' in page
    line = "  R: {name: Tracer, sharing: closed, authorities: [F_B, F_A]}"
    assert f'<span id="f0-4">{line}</span>' in page
    assert "other.yaml" not in page
    assert "<code>objects.yaml:4</code>" in as_html(chapters(dictionary(package)), locale="en")


def test_rights_of_every_type_are_told() -> None:
    """Types that nobody asks about first are named after their type, one or many."""
    shared = Sharing(public="r-------")
    made = {
        Ref(name, "X"): DesiredObject(
            ref=Ref(name, "X"),
            owner="p",
            place=PLACE,
            fields={"sharing": Field(value=shared, place=PLACE), "name": Field(value="X", place=PLACE)},
        )
        for name in ("categories", "programIndicators")
    }
    found = tuple(rights(objects_of(made.values())))
    assert [(each.who, each.kind, each.may) for each in found] == [
        ("everybody", "category", ("see",)),
        ("everybody", "program indicator", ("see",)),
    ]
    book = Dictionary(
        package="p", title="", version="1.0.0", locale="en", holders=(), rights=found * 2, roles=()
    )
    text = as_markdown(chapters(book))
    assert "| 2 categories | see | X · X (f.yaml:7:1) |" in text
    assert "| 2 program indicators | see | X · X (f.yaml:7:1) |" in text


def test_a_package_that_asks_for_nothing() -> None:
    """It says so."""
    book = Dictionary(
        package="empty", title="", version="1.0.0", locale="en", holders=(), rights=(), roles=()
    )
    text = as_markdown(chapters(book))
    assert "The package has no program and no data set." in text
    assert "The package shares nothing" in text
    assert as_html([], locale="en").count("<title></title>") == 1


def test_signs_of_markdown_mean_nothing() -> None:
    """Whatever a text holds."""
    assert escaped("a | b\n<i> *c* `d` [e](f)") == "a \\| b \\<i\\> \\*c\\* \\`d\\` \\[e\\](f)"
    assert escaped("@g :100: f.yaml:7:1") == "\\@<!-- -->g :<!-- -->100: f.yaml:7:1"
