"""Program rules of one name."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import text_of

PAGE = Page(
    rule="duplicate-rule-name",
    what="Two rules of one program have the same name, capitals aside.",
    why="DHIS2 refuses the second with E4057 as soon as the first is stored.",
    wrong="""
programs:
  NO_INDEKS:
    programRules:
      R1: {name: Skjul alder, condition: "true"}
      R2: {name: skjul alder, condition: "false"}
""",
    right="""
programs:
  NO_INDEKS:
    programRules:
      R1: {name: Skjul alder, condition: "true"}
      R2: {name: Vis alder, condition: "false"}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each rule whose name an earlier one of its program has."""
    first: dict[tuple[str, str], DesiredObject] = {}
    for rule in context.of("programRules"):
        name = text_of(rule.fields, "name")
        if not name:
            continue
        other = first.setdefault((rule.ref.parent_path, name.casefold()), rule)
        if other is not rule:
            yield PAGE.finding(
                f"rules {other.ref.key} and {rule.ref.key} of {rule.ref.parent_path} have the same name",
                rule.fields["name"].place,
                label=f"{name!r} is taken in this program",
                following="write another name for one of the two; capitals do not tell them apart",
                related=(Related(message="the other", place=other.fields["name"].place),),
            )
