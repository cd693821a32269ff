"""Plans and diffs as Markdown for a pull request: whole outputs, and what gives way without room."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from inline_snapshot import snapshot

from dhis2cfg.errors import Dhis2cfgError
from dhis2cfg.model.diff import Affected, Diff, Item, PackageDiff
from dhis2cfg.model.plan import Change, Kind, Mark, Reason, Risk, Touched
from dhis2cfg.report.diffs import Detail, DiffView, diff_text
from dhis2cfg.report.plans import PlanView
from dhis2cfg.report.pull_requests import diff_markdown, notes_markdown, plans_markdown
from tests.unit.report.building import (
    BY_HAND,
    a_change,
    a_local,
    a_member,
    a_place,
    a_plan,
    a_refusal,
    a_step,
    for_target,
)

ACCESS = a_change(
    "userRoles",
    "R",
    "authorities[ALL]",
    title="Rolle",
    label="ALL",
    risk=Risk.ACCESS,
    kind=Kind.CREATE,
    after=True,
)
CODE = a_change(
    "options",
    "SVAR/POS",
    "code",
    title="Positiv",
    within=("Prøvesvar",),
    before="POS",
    after="POSITIV",
    risk=Risk.BREAKING,
    marks=(Mark.DEVICES,),
    touched=Touched(count=3, what="events"),
)
HAND = a_change(
    "dataElements",
    "E",
    "formName",
    title="Dato",
    reason=Reason.DRIFT,
    before="Lokalt",
    after="Dato",
    author=BY_HAND,
)
RULE = a_change(
    "programRules",
    "P/R",
    "condition",
    title="Regel",
    within=("Program",),
    before="#{a} > 1",
    after="#{a} > 2",
)
NEW = a_change("programRules", "P/N", title="Ny regel", within=("Program",), after={"condition": "#{a}"})


def a_diff(*changes: Change, **values: Any) -> Diff:
    """A diff of one package."""
    whom = Affected(groups=("Sporere",), municipalities=2)
    package = PackageDiff(
        name="covid-no",
        title="Smittesporing",
        before="1.3.2",
        after="1.4.0",
        locale="nb",
        municipalities=("Oslo", "Bodø"),
        items=tuple(Item(change=each, affected=whom) for each in changes),
    )
    given: dict[str, Any] = {"packages": (package,), "settings": (), "files": 2, "compared": 9}
    return Diff(before="a", after="b", **{**given, **values})


def many(count: int, field: str = "name", **values: Any) -> list[Change]:
    """As many changes of data elements, each with a name of its own."""
    return [
        a_change(
            "dataElements", f"E{n}", field, title=f"Felt nummer {n}", before=f"a{n}", after=f"b{n}", **values
        )
        for n in range(count)
    ]


def test_plans_of_several_targets() -> None:
    """Risks first, one folded part a group, no person's name, small numbers not told, how to go on."""
    first = a_plan(
        CODE, ACCESS, RULE, NEW, notes=("along the way: versions +1",), steps=(a_step(), a_step(2, "E1: why"))
    )
    third = for_target(
        first, "oslo", HAND, local=(a_local("programs", "P", "organisationUnits[X]", "Bydel"),)
    )
    view = PlanView(
        plans=(first, for_target(first, "amot"), third, a_plan(target="bo")),
        failed={"alta": Dhis2cfgError("no answer")},
        width=100,
        commit="4f3a2c1",
    )
    shown = Path(__file__).with_name("plan_for_a_pull_request.md").read_text(encoding="utf-8")
    assert plans_markdown(view) == shown
    assert "lokal.admin" not in plans_markdown(view)


def test_nothing_changes() -> None:
    """Targets without changes are told, and so is one that cannot be planned."""
    view = PlanView(plans=(a_plan(),), failed={}, width=100)
    assert "1 target without changes: tromso" in plans_markdown(view)
    alone = PlanView(plans=(), failed={"alta": Dhis2cfgError("no answer")}, width=100)
    assert "`alta` cannot be planned: no answer" in plans_markdown(alone)


def test_targets_with_less() -> None:
    """What others get and a group does not stands with the group."""
    first = a_plan(RULE, HAND)
    plans = (first, for_target(first, "amot"), for_target(a_plan(RULE), "oslo"))
    told = plans_markdown(PlanView(plans=plans, failed={}, width=100))
    assert "oslo: the same, but" in told
    assert "- but not: Dato" in told


def test_a_plan_without_room() -> None:
    """Groups and rows that do not fit are counted; risks and commands stay."""
    plan = a_plan(*many(3_000), CODE, refusals=(a_refusal("breaking"),))
    told = plans_markdown(PlanView(plans=(plan, for_target(plan, "oslo", HAND)), failed={}, width=100))
    assert len(told) < 60_000
    assert "**breaking**: option *Positiv* of *Prøvesvar*" in told
    assert "--allow breaking is missing" in told
    assert "more lines had no room here." in told
    tight = plans_markdown(PlanView(plans=(plan,), failed={}, width=100), limit=2_400)
    assert len(tight) < 2_400
    assert "**breaking**" in tight


def test_a_diff_of_five_thousand() -> None:
    """Under 60,000 characters with every risk in it, one by one as long as there is room."""
    risks = [*many(20, "valueType", risk=Risk.BREAKING), CODE, ACCESS]
    told = diff_markdown(DiffView(diff=a_diff(*many(5_000), *risks), command="dhis2cfg diff a..b --full"))
    assert len(told) < 60_000
    assert told.count("- **breaking**") == 21
    assert told.count("- **access**") == 1
    assert "more lines had no room here." in told


def test_too_many_risks() -> None:
    """Of thousands of risks of a kind the first names and the number; of many kinds the numbers alone."""
    risks = many(5_000, "valueType", risk=Risk.BREAKING)
    told = diff_markdown(DiffView(diff=a_diff(*risks)))
    assert len(told) < 60_000
    assert "- **breaking**: value type of 5000 data elements: *Felt nummer 0*, " in told
    kinds = [each for n in range(400) for each in many(3, f"property{n}", risk=Risk.BREAKING)]
    told = diff_markdown(DiffView(diff=a_diff(*kinds)))
    assert len(told) < 60_000
    assert told.count("- **breaking**: 3 × dataElements property") == 400


def test_groups_without_room() -> None:
    """A group that does not fit is counted as a whole."""
    first = a_plan(
        RULE, CODE, local=tuple(a_local("programs", f"P{n}", "name", "x" * 300) for n in range(12))
    )
    plans = (first, for_target(first, "amot"), for_target(first, "oslo", HAND))
    told = plans_markdown(PlanView(plans=plans, failed={}, width=100, full=True), limit=4_000)
    assert len(told) < 4_000
    assert "had no room here." in told
    assert "**breaking**" in told


def test_risks_of_few_kinds_and_many() -> None:
    """Rare risks keep their own line where common ones are put together."""
    risks = [*many(4_000, "valueType", risk=Risk.BREAKING), *many(2, "domainType", risk=Risk.BREAKING)]
    told = diff_markdown(DiffView(diff=a_diff(*risks)))
    assert told.count("- **breaking**: data element *Felt nummer") == 2


def test_how_files_differ() -> None:
    """The lines of the files stand at the end, where they fit; not in a summary."""
    view = DiffView(diff=a_diff(RULE), lines=("--- a", "+++ b", "+x"))
    assert "<details><summary>As YAML sees it (3 lines)</summary>\n\n```diff\n--- a" in diff_markdown(view)
    long = DiffView(diff=a_diff(RULE), lines=("x" * 70_000,))
    assert "As YAML sees it" not in diff_markdown(long)
    short = DiffView(diff=a_diff(RULE, CODE), detail=Detail.SUMMARY, lines=("+x",))
    assert "As YAML sees it" not in diff_markdown(short)
    assert "**breaking**" in diff_markdown(short)


def test_a_diff_as_text() -> None:
    """Narrow widths fold; what a rule of many changes does is told once."""
    told = diff_text(DiffView(diff=a_diff(CODE, RULE, NEW, *many(2)), width=60))
    assert max(map(len, told.split("\n"))) <= 60
    far = replace(CODE, place=a_place("packages/covid-no/" + "folder/" * 9 + "a.yaml"))
    assert "\n      for Sporere in 2 municipalities\n" in diff_text(DiffView(diff=a_diff(far), width=60))
    alike = [
        a_change("dataElements", f"E{n}", "aggregationType", title=f"Felt {n}", before="SUM", after="NONE")
        for n in range(9)
    ]
    told = " ".join(diff_text(DiffView(diff=a_diff(*alike))).split())
    assert "aggregation type SUM → NONE, on 9 data elements: Felt 0, Felt 1," in told


def test_numbers_of_what_comes_and_goes() -> None:
    """Many new members of a list are one line, and so are many pieces of logic that go."""
    options = [
        a_change("options", f"S/O{n}", title=f"Valg {n}", within=("Sett",), package="covid-no")
        for n in range(20)
    ]
    gone = [
        a_change(
            "programIndicators",
            f"I{n}",
            title=f"Tall {n}",
            kind=Kind.DELETE,
            before={},
            after=None,
            note="goes",
        )
        for n in range(20)
    ]
    told = " ".join(diff_text(DiffView(diff=a_diff(*options, *gone))).split())
    assert "+ new: 20 options: Valg 0, Valg 1, Valg 2, Valg 3, Valg 4, Valg 5 and 14 more" in told
    assert "- goes: 20 program indicators: Tall 0," in told
    full = diff_text(DiffView(diff=a_diff(*options, *gone), detail=Detail.FULL))
    assert "Valg 19" in full
    assert "Tall 19" in full


def test_what_goes_with_what() -> None:
    """Parts that come or go with an object are told with it, once."""
    rule = a_change("programRules", "P/R", title="Regel", after={"condition": "#{a}"}, within=("Program",))
    action = a_change(
        "programRuleActions",
        "P/R/HIDEFIELD_E",
        title="HIDEFIELD_E",
        after={"programRuleActionType": "HIDEFIELD", "dataElement": "E"},
        within=("Program", "Regel"),
        names={"E": "Felt"},
        inside=True,
    )
    program = a_change("programs", "Q", title="Annet program", after={})
    stage = a_change(
        "programStages",
        "Q/S",
        title="Steg",
        after={"programStageDataElements[E]": True},
        within=("Annet program",),
        inside=True,
    )
    section = a_change(
        "programStageSections", "Q/S/X", title="Del", after={}, within=("Annet program", "Steg"), inside=True
    )
    lone = a_change("programStages", "T/S", title="Løst", after={}, inside=True)
    told = " ".join(diff_text(DiffView(diff=a_diff(rule, action, program, stage, section, lone))).split())
    assert "rule Regel in Program: new: hides Felt when #{a}" in told
    assert "program Annet program: new: 1 stage, 1 field, 1 section" in told
    assert "Steg:" not in told


def test_echoes_are_left_out() -> None:
    """A base text in its second place, a short name that follows, a child in its parent's list: told once."""
    changes = (
        a_change("dataElements", "E", "name", before="a", after="b"),
        a_change("dataElements", "E", "shortName", before="a", after="b"),
        a_change("dataElements", "E", "translations[NAME,nb]", before="a", after="b"),
        a_change("dataElements", "E", "translations[NAME,fr]", before="x", after="b"),
        a_change("dataElements", "E", "translations[NAME,en]", label="name (en)", before="c", after="d"),
        a_change("dataElements", "E", "translations[SHORT_NAME,en]", before="c", after="d"),
        a_change("optionSets", "S", "options[S/O]", kind=Kind.CREATE, after=True),
        a_change("options", "S/O", title="Valg", within=("S",)),
    )
    told = diff_text(DiffView(diff=a_diff(*changes)))
    assert told.startswith("covid-no 1.3.2 → 1.4.0: 3 changes, for 2 municipalities\n")


def test_notes_for_users() -> None:
    """Group by group, in the package's language, without a technical word."""
    whole = {"within": ("Program",), "title": "Steg"}
    changes = (
        a_change(
            "programStages",
            "P/S",
            "programStageDataElements[E].compulsory",
            label="Felt: compulsory",
            after=False,
            **whole,
        ),
        a_member("programStages", "P/S", "programStageDataElements[F]", "Nytt felt", **whole),
        a_change(
            "programStages", "P/S", "programStageDataElements#order", kind=Kind.MOVE, after=["F"], **whole
        ),
        a_change("programStages", "P/S", "executionDateLabel", before="a", after="b", **whole),
        a_member("programStages", "P/S", "translations[NAME,fr]", "name (fr)", **whole),
        a_member("programStageSections", "P/S/D", "dataElements[E]", "Felt", title="Del"),
        a_member("programs", "P", "organisationUnits[X]", "Oslo"),
        a_change("dataElements", "E", "valueType", title="Felt", before="TEXT", after="DATE"),
        a_change("dataElements", "E", "description", title="Felt", before="a", after="b"),
        a_change("dataElements", "E", "fieldMask", title="Felt", before="a", after="b"),
        a_change("programRules", "P/R", "condition", title="Regel", before="a", after="b"),
        a_change("programRules", "P/Q", title="Ny regel"),
        a_change("programRules", "P/G", title="Gammel", kind=Kind.DELETE, before={}, after=None),
        a_change("options", "S/O", title="Valg"),
        a_change("programRuleVariables", "P/v", title="v"),
        a_change("userRoles", "R", "authorities[ALL]", title="Rolle", before=True),
        a_change("userRoles", "R", "name", title="Rolle", before="a", after="b"),
        a_change(
            "programs",
            "P",
            "sharing.userGroups[G]",
            label="access of Leger",
            before="r-rw----",
            after="r-------",
        ),
        a_change("programs", "P", title="Del av", inside=True),
    )
    assert notes_markdown(a_diff(*changes)) == snapshot("""\
## Nytt i Smittesporing 1.4.0

### Sporere

- *Felt* må ikke lenger fylles ut.
- Nytt: *Nytt felt*.
- Rekkefølgen i *Steg* er endret.
- *Steg* er endret.
- *Felt* står nå i *Del*.
- *Felt* besvares på en annen måte.
- Teksten til *Felt* er endret.
- *Regel* virker på en annen måte.
- Nytt: *Ny regel*.
- *Gammel* er ikke lenger med.

### Leger

- *Leger*: kan gjøre mindre enn før.

### Rolle

- *Rolle*: kan gjøre mindre enn før.
""")
    assert notes_markdown(a_diff()) == "Nothing changes for those who use it.\n"


def test_notes_of_a_package_that_goes() -> None:
    """A package that is gone has no page; one in another language is told in English."""
    diff = a_diff(a_change("programs", "P", "name", before="a", after="b"))
    (package,) = diff.packages
    gone = PackageDiff(
        name="x", title="", before="1.0.0", after="", locale="nb", municipalities=(), items=package.items
    )
    french = PackageDiff(
        name="x", title="", before="1.0.0", after="1.1.0", locale="fr", municipalities=(), items=package.items
    )
    assert notes_markdown(a_diff(packages=(gone,))) == "Nothing changes for those who use it.\n"
    assert "*a* is now called *b*." in notes_markdown(a_diff(packages=(french,)))


def test_a_field_that_moves_between_sections() -> None:
    """A member that leaves one list and comes into the same one of a sibling is told once, as a move."""
    old, new = (
        a_member("programStageSections", f"P/S/{key}", "dataElements[E]", "Felt", title=title)
        for key, title in (("A", "Første del"), ("B", "Andre del"))
    )
    diff = a_diff(replace(old, kind=Kind.DELETE, before=True, after=None), new)
    moved = "~ data element Felt moves from section Første del to section Andre del\n"
    assert moved in diff_text(DiffView(diff=diff))
    assert (
        notes_markdown(diff)
        == """\
## Nytt i Smittesporing 1.4.0

### Sporere

- *Felt* står nå i *Andre del*.
"""
    )
