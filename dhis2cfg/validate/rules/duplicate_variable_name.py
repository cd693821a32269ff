"""Rule variables of one name."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.state import DesiredObject
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import text_of

PAGE = Page(
    rule="duplicate-variable-name",
    what="Two rule variables of one program have the same name, capitals aside.",
    why=(
        "DHIS2 refuses equal names with E4051. Names that differ in capitals only are stored, and "
        "whoever reads `#{alder}` and `#{Alder}` in a rule will take one for the other."
    ),
    wrong="""
programs:
  NO_INDEKS:
    programRuleVariables:
      alder: {programRuleVariableSourceType: CALCULATED_VALUE}
      alder2: {name: Alder, programRuleVariableSourceType: CALCULATED_VALUE}
""",
    right="""
programs:
  NO_INDEKS:
    programRuleVariables:
      alder: {programRuleVariableSourceType: CALCULATED_VALUE}
      alder_i_dag: {programRuleVariableSourceType: CALCULATED_VALUE}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each variable whose name an earlier one of its program has."""
    first: dict[tuple[str, str], DesiredObject] = {}
    for variable in context.of("programRuleVariables"):
        name = text_of(variable.fields, "name") or variable.ref.key
        other = first.setdefault((variable.ref.parent_path, name.casefold()), variable)
        if other is not variable:
            yield PAGE.finding(
                f"variables {other.ref.key} and {variable.ref.key} of {variable.ref.parent_path} "
                f"have the same name",
                variable.fields["name"].place if "name" in variable.fields else variable.place,
                label=f"{name!r} is taken in this program",
                following="write another name for one of the two; capitals do not tell them apart",
                related=(Related(message="the other", place=other.place),),
            )
