"""What holds for every plan, whatever texts files and servers bring."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dhis2cfg.model.plan import Author, Change, Kind, Reason, Risk
from tests.unit.report.building import a_change, a_local, a_plan, a_refusal, for_target, told

TEXT = st.text(max_size=40)
TYPES = st.sampled_from(
    [
        "programs",
        "programStages",
        "programRules",
        "programRuleActions",
        "options",
        "optionSets",
        "dataElements",
        "x",
    ]
)
VALUES = st.one_of(st.none(), st.booleans(), st.integers(), TEXT, st.lists(TEXT, max_size=3), st.just({}))


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Any change, its texts hostile."""
    fields = st.sampled_from(
        ["", "name", "options[A]", "translations[NAME,no]", "a[b].c", "list#order", "no[path"]
    )
    author = Author(username=draw(TEXT), at=draw(TEXT)) if draw(st.booleans()) else None
    return a_change(
        draw(TYPES),
        draw(st.sampled_from(["A", "A/B", "A/B/C", "B"])),
        draw(st.one_of(fields, TEXT)),
        kind=draw(st.sampled_from(Kind)),
        reason=draw(st.sampled_from(Reason)),
        risk=draw(st.sampled_from(Risk)),
        title=draw(TEXT),
        label=draw(TEXT),
        note=draw(TEXT),
        within=tuple(draw(st.lists(TEXT, max_size=2))),
        before=draw(VALUES),
        after=draw(st.one_of(VALUES, st.dictionaries(TEXT, VALUES, max_size=3))),
        base=draw(VALUES),
        author=author,
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(changes(), max_size=6), st.lists(changes(), max_size=3), st.sampled_from([80, 100, 160]), TEXT
)
def test_any_plan_is_printed_and_steers_nothing(
    common: list[Change], more: list[Change], width: int, text: str
) -> None:
    """No exception, no sign that steers, and only our own line breaks."""
    first = a_plan(*common, notes=(text,), refusals=(a_refusal(message=text, following=text),))
    second = for_target(first, "oslo", *more, local=(a_local("programs", text, "name", text, value=text),))
    third = for_target(first, "amot")
    for printed in (told(first, second, third, width=width), told(first, second, width=width, full=True)):
        assert all(line.isprintable() for line in printed.split("\n"))


@settings(max_examples=25, deadline=None)
@given(st.lists(changes(), min_size=1, max_size=4))
def test_the_same_plan_twice_is_the_same_text(several: list[Change]) -> None:
    """And equal plans of two targets stand below one heading."""
    plan = a_plan(*several)
    other = for_target(plan, "oslo")
    assert told(plan, other) == told(plan, other)
    assert "tromso, oslo: same plan" in told(plan, other)


def test_a_text_of_a_server_cannot_forge_a_line() -> None:
    """A title with a line break stays on its line."""
    forged = a_change(
        "dataElements", "A", "name", title="x\n1 target to change · 0 creates", before="a", after="b"
    )
    text = told(a_plan(forged))
    assert "  ~ data element x 1 target to change · 0 creates · A\n" in text
