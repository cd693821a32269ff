"""What holds for several municipalities is worked out once, and comes out as it would without a memory."""

from pathlib import Path

from dhis2cfg.model.names import Ref
from dhis2cfg.resolve import Memory, choose, resolve
from tests.unit.resolve.building import a_fleet, a_source, catalogue

MANIFEST = """
name: p
version: 1.0.0
dhis2: ">=2.41,<2.44"
locale: nb
parameters: {days: {type: integer, default: 6, maximum: 10}}
"""
OBJECTS = """
dataElements:
  E: {name: Element E, valueType: NUMBER, description: !tpl "Etter {{days}} dager"}
  F: {name: Element F, valueType: NUMBER, optionSet: NOPE}
programs:
  P:
    name: P
    programType: WITHOUT_REGISTRATION
    programRuleVariables: {v: {name: navn, programRuleVariableSourceType: CALCULATED_VALUE, valueType: TEXT}}
    programRules: {R: {name: R, condition: "d2:hasValue(#{v})"}}
"""
UNIT = "{server: {url: http://localhost}, organisationUnit: {code: '1'}, packages: {p: %s}%s}"
TOWNS = {
    "one": UNIT % ("{}", ""),
    "two": UNIT % ("{}", ", patches: {dataElements/E: {description: Vår egen}}"),
    "three": UNIT % ("{parameters: {days: 7}}", ", patches: {dataElements/F: {description: Vår}}"),
    "four": UNIT % ("{parameters: {days: 70}}", ""),
    "five": UNIT % ("{}", ", patches: {programRuleVariables/P/v: {name: nytt}}"),
    "six": UNIT % ("{}", ", patches: {dataElements/NOPE: {description: x}}"),
}


def test_a_memory_changes_nothing(tmp_path: Path) -> None:
    """Each municipality's state and findings are those that it has by itself, in whatever order it comes."""
    fleet, _, _ = a_fleet(tmp_path, TOWNS)
    sources = choose([a_source(tmp_path, OBJECTS, manifest=MANIFEST)])
    for order in (fleet.municipalities, tuple(reversed(fleet.municipalities))):
        memory = Memory()
        for each in order:
            alone = resolve(fleet, each, sources, catalogue())
            assert resolve(fleet, each, sources, catalogue(), memory=memory) == alone


def test_what_is_the_same_is_one_object(tmp_path: Path) -> None:
    """Objects without a patch are shared, also beside one that has one; another parameter makes all anew."""
    fleet, _, _ = a_fleet(tmp_path, TOWNS)
    sources = choose([a_source(tmp_path, OBJECTS, manifest=MANIFEST)])
    memory = Memory()
    made = {
        each.name: resolve(fleet, each, sources, catalogue(), memory=memory)[0].objects
        for each in fleet.municipalities
    }
    unpatched, patched = Ref("dataElements", "F"), Ref("dataElements", "E")
    assert made["one"][unpatched].fields["name"] is made["two"][unpatched].fields["name"]
    assert made["one"][patched].fields["description"] != made["two"][patched].fields["description"]
    assert made["one"][unpatched].fields["name"] is not made["three"][unpatched].fields["name"]
