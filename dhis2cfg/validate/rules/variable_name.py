"""Names of rule variables that the rule engine cannot read."""

import re
from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import text_of

PAGE = Page(
    rule="variable-name",
    what="The name of a rule variable has letters or signs that rules cannot read, or a blank.",
    why=(
        "Servers store any name, but the engine reads only A to Z, digits, blank, `_`, `-` and `.` "
        "between the braces: `#{fødselsdato}` is an error in every rule. The words and, or, not are "
        "refused with E4052. A blank is read, but counts, also where nobody sees it: a warning."
    ),
    wrong="""
programRuleVariables:
  dato: {name: fødselsdato, programRuleVariableSourceType: TEI_ATTRIBUTE, trackedEntityAttribute: NO_FODT}
""",
    right="""
programRuleVariables:
  fodselsdato: {programRuleVariableSourceType: TEI_ATTRIBUTE, trackedEntityAttribute: NO_FODT}
""",
)
_READABLE = re.compile(r"[A-Za-z0-9 _.-]+")
_KEYWORDS = frozenset({"and", "not", "or"})


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each name that rules cannot read, or read otherwise than it looks."""
    for variable in context.of("programRuleVariables"):
        name = text_of(variable.fields, "name") or variable.ref.key
        problem, severity = _problem(name)
        if problem:
            place = variable.fields["name"].place if "name" in variable.fields else variable.place
            yield PAGE.finding(
                f"{name!r} is no good name for {context.name(variable)}",
                place,
                label=problem,
                following="write a name of A to Z, digits and _; the name left out is the key",
                severity=severity,
            )


def _problem(name: str) -> tuple[str, Severity]:
    """What is wrong with a name, and how much."""
    if not _READABLE.fullmatch(name):
        strange = "".join(dict.fromkeys(sign for sign in name if not _READABLE.fullmatch(sign)))
        return f"rules cannot read {strange!r}", Severity.ERROR
    word = next((word for word in name.split() if word in _KEYWORDS), None)
    if word:
        return f"{word} is a word of the expression language", Severity.ERROR
    return ("a blank counts" if " " in name else ""), Severity.WARNING
