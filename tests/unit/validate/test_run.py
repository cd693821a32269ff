"""All rules over several states: once each, in order, weighed as the package wants."""

from dhis2cfg.catalogue import shipped
from dhis2cfg.load.text.events import parse
from dhis2cfg.model.findings import Severity
from dhis2cfg.model.state import Keep, Once, Sharing
from dhis2cfg.validate import Package, validate, verdict
from tests.unit.validate.states import ALL, FILE, at, field, found_unit, state, text, thing

CATALOGUES = {version: shipped.load(version) for version in ALL}
BAD = thing(
    "programRuleVariables/P/or",
    line=4,
    name="or",
    programRuleVariableSourceType="CALCULATED_VALUE",
    valueType="TEXT",
)


def a_package(**severity: Severity) -> Package:
    """A package of 2.42 that says how heavy rules are."""
    rules = {rule.replace("_", "-"): weight for rule, weight in severity.items()}
    return Package(name="demo", versions=("2.42",), folder="packages/demo", severity=rules)


def test_states_that_say_the_same_are_said_once() -> None:
    """Two municipalities with one package have one finding for each mistake."""
    (finding,) = validate([state(BAD), state(BAD)], {"demo": a_package()}, CATALOGUES)
    assert (finding.rule, finding.place.line) == ("variable-name", 4)


def test_a_package_weighs_its_findings() -> None:
    """What package.yaml says of a rule holds for findings in its folder."""
    lighter = a_package(variable_name=Severity.INFO, uid_form=Severity.INFO)
    (finding,) = validate(state(BAD), {"demo": lighter}, CATALOGUES)
    assert finding.severity is Severity.INFO
    elsewhere = Package(
        name="demo", versions=("2.42",), folder="packages/x", severity={"variable-name": Severity.INFO}
    )
    (finding,) = validate(state(BAD), {"demo": elsewhere}, CATALOGUES)
    assert finding.severity is Severity.ERROR


def test_findings_come_in_the_order_of_lines() -> None:
    """Whatever rule finds it, the first line comes first."""
    second = thing("dashboards/D", line=2, name=text("D"), description=text("x" * 300))
    found = validate(state(BAD, second), {"demo": a_package(), "other": a_package()}, CATALOGUES)
    assert [each.place.line for each in found] == [4]
    newest = Package(name="demo", versions=("2.43",))
    found = validate(state(BAD, second), {"demo": newest}, CATALOGUES)
    assert [(each.rule, each.place.line) for each in found] == [("text-length", 2), ("variable-name", 4)]


def test_what_a_municipality_adds_fits_all_versions() -> None:
    """Objects of no package are judged by every version that a used package claims."""
    own = thing("dashboards/D", owner="tromso", name=text("D"), description=text("x" * 300))
    both = Package(name="demo", versions=("2.42", "2.43"))
    found = validate(state(own), {"demo": both}, CATALOGUES)
    assert [each.label for each in found] == ["at most 255 characters are allowed in DHIS2 2.43"]


def test_starting_values_and_what_is_let_go() -> None:
    """A starting value is judged like any other; a field that is let go has none."""
    once = thing(
        "constants/A",
        name=Once(value=text("A")),
        shortName=field(Keep(), 2),
        value=Once(value=1.5),
        sharing=Sharing(public="--------"),
    )
    assert validate(state(once), {}, CATALOGUES) == ()


def test_a_type_that_nobody_knows() -> None:
    """It is an error, and every other rule leaves it alone."""
    found = validate(state(thing("nonsense/A", line=7, x=1)), {"demo": a_package()}, CATALOGUES)
    assert [(each.rule, each.place) for each in found] == [("version-gap", at(7))]


def test_units_of_the_server_are_not_judged() -> None:
    """A unit that is only looked for has nothing to be judged by."""
    assert validate(state(found_unit("organisationUnits/tromso")), {"demo": a_package()}, CATALOGUES) == ()


def test_a_comment_with_a_reason_silences_a_finding() -> None:
    """In the file and on the line of the finding; a rule that is silenced and gone is told."""
    comment = "# dhis2cfg: ignore variable-name: an old name that reports know\n"
    beside = {FILE: parse(f"a: 1\nb: 2\n{comment}c: 3\nd: 4\n", FILE)[0]}
    packages = {"demo": a_package()}
    assert verdict((), (), [state(BAD)], packages, CATALOGUES, beside) == ()
    (left,) = verdict((), (), [state()], packages, CATALOGUES, beside)
    assert (left.rule, left.place.line) == ("silence-effect", 3)
