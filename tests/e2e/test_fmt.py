"""`fmt` and `fmt --check`: which files, which codes, and files that it leaves alone."""

import shutil
from pathlib import Path

import pytest

from tests.e2e.house import House
from tests.review.pairs import BEFORE

PACKAGE = "packages/sporing"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A workspace of its own, in which every file is as `fmt` writes it."""
    shutil.copytree(BEFORE, tmp_path / "workspace")
    house = House(folder=tmp_path / "workspace")
    house.fine("fmt")
    return house


def test_nothing_to_do(house: House) -> None:
    """Quiet, and 0, with and without `--check`."""
    for words in (("fmt", "--check"), ("fmt",)):
        ran = house.run(*words)
        assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_what_is_written(house: House) -> None:
    """Order, quotes, line ends and the short form of sharing; comments go with what they stand at."""
    house.write(
        f"{PACKAGE}/more.yaml",
        "\ufeff# Above all.\r\n"
        "dataElements:\r\n"
        "  SP_NEW: # the key\r\n"
        "    # before its value type\r\n"
        "    valueType: TEXT   \r\n"
        "    # before its name\r\n"
        "    name: {en: On, nb: on} # its name\r\n"
        "    code: '0301'\r\n"
        "    fieldMask: 12:30\r\n"
        "    sharing: {public: '--------', userGroups: {SP_LEGER: {access: r-------}}}\r\n"
        "programIndicators:\r\n"
        "  SP_PI:\r\n"
        "    program: SP_INDEKS\r\n"
        "    filter: V{event_count}>#{SP_BAKGRUNN.SP_TEMPERATUR}\r\n"
        "    name: {nb: x, en: 'it''s'}\r\n\r\n",
    )
    ran = house.run("fmt", "--check")
    assert ran.code == 2
    assert ran.out == f"{PACKAGE}/more.yaml\n"
    assert ran.err == "1 file to be written otherwise: dhis2cfg fmt\n"
    ran = house.fine("fmt")
    assert ran.err == "wrote 1 file\n"
    assert (house.folder / PACKAGE / "more.yaml").read_bytes().decode() == (
        "# Above all.\n"
        "dataElements:\n"
        "  SP_NEW: # the key\n"
        '    code: "0301"\n'
        "    # before its name\n"
        '    name: {nb: "on", en: "On"} # its name\n'
        "    # before its value type\n"
        "    valueType: TEXT\n"
        '    fieldMask: "12:30"\n'
        '    sharing: {public: "--------", userGroups: {SP_LEGER: r-------}}\n'
        "programIndicators:\n"
        "  SP_PI:\n"
        "    program: SP_INDEKS\n"
        "    name: {nb: x, en: 'it''s'}\n"
        '    filter: "V{event_count}>#{SP_BAKGRUNN.SP_TEMPERATUR}"\n'
    )
    assert house.run("fmt", "--check").code == 0


@pytest.mark.parametrize(
    "text",
    [
        "dataElements: {A: {valueType: TEXT, # why\n    name: a}}\n",
        "dataElements:\n  A: &a\n    valueType: TEXT\n  B:\n    valueType: TEXT\n    name: *x\n",
        "dataElements:\n  A:\n    valueType: &t TEXT\n    name: *t\n",
        "dataElements:\n  - valueType: TEXT\n    name: a\n",
        "dataElements: []\n",
        "optionSets:\n  A:\n    options: !csv a.csv\n    style: {color: red}\n",
        "programs:\n  A:\n    sharing: {userGroups: {B: {access: r-------, more: x}, C: {access: [r]}}}\n",
        "",
        "# nothing but a comment\n",
    ],
)
def test_what_cannot_be_put_in_order_stays(house: House, text: str) -> None:
    """Comments inside braces, anchors that would come behind their aliases, lists: left as they stand."""
    house.write(f"{PACKAGE}/odd.yaml", text)
    house.run("fmt")
    assert house.read(f"{PACKAGE}/odd.yaml") == text


def test_a_file_that_is_no_yaml(house: House) -> None:
    """It stays as it is, the others are written, and the code is that of errors in files."""
    house.write(f"{PACKAGE}/broken.yaml", "dataElements: {A: [\n")
    house.write(f"{PACKAGE}/other.yaml", "dataElements: {A: {valueType: TEXT, name: a}}\n")
    ran = house.run("fmt")
    assert ran.code == 3
    assert "broken.yaml" in ran.err
    assert house.read(f"{PACKAGE}/broken.yaml") == "dataElements: {A: [\n"
    assert house.read(f"{PACKAGE}/other.yaml") == "dataElements: {A: {name: a, valueType: TEXT}}\n"


def test_some_files_only(house: House) -> None:
    """A file, or a folder; what is none of the workspace is a slip."""
    for name in ("one", "two"):
        house.write(f"{PACKAGE}/{name}/a.yaml", f"dataElements: {{K_{name}: {{valueType: TEXT, name: a}}}}\n")
    assert house.fine("fmt", f"{PACKAGE}/one").out == f"{PACKAGE}/one/a.yaml\n"
    assert house.fine("fmt", f"{PACKAGE}/two/a.yaml").out == f"{PACKAGE}/two/a.yaml\n"
    ran = house.run("fmt", "README.md")
    assert ran.code == 64
    assert "README.md is no YAML file of this workspace" in ran.flat
    assert house.run("fmt", "/etc").code == 64


def test_the_last_line_of_a_file(house: House) -> None:
    """A file that ends without a line break gets one, also where its last entry moves."""
    house.write(f"{PACKAGE}/last.yaml", "dataElements:\n  A:\n    valueType: TEXT\n    name: a")
    house.write(f"{PACKAGE}/list.yaml", "- a\n")
    house.write(
        f"{PACKAGE}/quote.yaml",
        'programIndicators:\n  A:\n    filter: V{a} == "b" && d2:x(#{S.E})\n    x: a\n      #{b}\n',
    )
    house.run("fmt")
    assert house.read(f"{PACKAGE}/last.yaml") == "dataElements:\n  A:\n    name: a\n    valueType: TEXT\n"
    assert house.read(f"{PACKAGE}/list.yaml") == "- a\n"
    assert "filter: 'V{a} == \"b\" && d2:x(#{S.E})'" in house.read(f"{PACKAGE}/quote.yaml")


INDICATOR = """\
programIndicators:
  SP_PI:
    program: SP_{program}
    name: {{nb: Antall, en: Count}}
    # not #{{nhAWrUJEwHf.dvAxWSo4AJ1}}, which is a comment
    description: {{nb: "Ikke nhAWrUJEwHf.dvAxWSo4AJ1", en: Not this}}
    analyticsType: EVENT
    expression: V{{event_count}}
    filter: |
      #{{{stage}.{element}}} > 38 &&
      A{{{attribute}}} == 'dvAxWSo4AJ1'
"""
"""A program indicator; stage, element and attribute by key or by UID."""
UIDS = {"stage": "nhAWrUJEwHf", "element": "id:dvAxWSo4AJ1", "attribute": "Zh51d3IcTwy"}


def test_uids_in_expressions_become_keys(house: House) -> None:
    """Where they name objects of the workspace; comments, texts and words in quotes stay."""
    house.write(f"{PACKAGE}/uids.yaml", INDICATOR.format(program="INDEKS", **UIDS))
    assert house.run("fmt", "--check").out == f"{PACKAGE}/uids.yaml\n"
    house.fine("fmt")
    keys = {"stage": "SP_BAKGRUNN", "element": "SP_TEMPERATUR", "attribute": "SP_NAVN"}
    assert house.read(f"{PACKAGE}/uids.yaml") == INDICATOR.format(program="INDEKS", **keys)
    assert house.run("fmt", "--check").code == 0


def test_a_key_that_would_mean_another_stage_is_written_with_its_program(house: House) -> None:
    """The same stage key in the indicator's own program; what stands outside the workspace stays."""
    other = "programs: {SP_ANNEN: {name: Annen, programStages: {SP_BAKGRUNN: {name: B}}}}\n"
    house.write(f"{PACKAGE}/other.yaml", other)
    house.write(f"{PACKAGE}/uids.yaml", INDICATOR.format(program="ANNEN", **UIDS))
    house.run("fmt")
    keys = {"stage": "SP_INDEKS/SP_BAKGRUNN", "element": "SP_TEMPERATUR", "attribute": "SP_NAVN"}
    assert house.read(f"{PACKAGE}/uids.yaml") == INDICATOR.format(program="ANNEN", **keys)
    foreign = {"stage": "id:nowhere1234", "element": "id:nowhere1235", "attribute": "id:nowhere1236"}
    house.write(f"{PACKAGE}/uids.yaml", INDICATOR.format(program="INDEKS", **foreign))
    house.run("fmt")
    assert house.read(f"{PACKAGE}/uids.yaml") == INDICATOR.format(program="INDEKS", **foreign)
