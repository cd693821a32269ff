"""What lint says of the official packages, as a page: the known defects, and everything else by rule."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from dhis2cfg.catalogue import shipped
from dhis2cfg.expressions import Context, Kind, comparisons, find_references
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref
from dhis2cfg.validate import RULES, Package
from dhis2cfg.validate.context import RuleContext, context_for
from dhis2cfg.validate.options import choices_of, variable
from dhis2cfg.validate.passages import Passage, passages
from dhis2cfg.validate.program_rules import program_of
from tests.conformance.package_states import package_state
from tests.conformance.rule_examples import EXAMPLES, row

KNOWN = frozenset(
    {"closed-type", "option-code", "unknown-reference", "unused-element", "unused-variable", "stage-element"}
)
"""Rules whose findings are those of packages facts §B4."""
OF_IMPORT = frozenset({"no-sharing", "required-property", "uid-form", "version-gap"})
"""Rules about what stands in raw JSON and in no package."""
SHOWN = 3
LANGUAGES = tuple(context for context in Context if context is not Context.NONE)
HEAD = """# What lint finds in eight official packages

Each package's JSON was read as it was published, by the catalogue of DHIS2 2.42, and the rules were run over
it; `tests/conformance/test_package_listing.py` holds this page. UIDs stand where a package of ours has keys.
Left out are rules about what `import` takes away or fills in: system fields, sharing, short names.
First comes what was known of the packages before, checked by hand (*known*), then all else by rule: how many,
and the first three. What each rule means: [docs/rules](rules/README.md).
"""


READ = """
## Fifty of them, read

Drawn with a fixed seed: thirty of all rules but option-code, twenty of option-code. None is false. Reading
them took rules about short names and sharing from this page, since `import` fills those in, and led to a name
that an expression holds twice being told once.

| package | rule | finding | read |
|---|---|---|---|"""
EACH = """
## Every rule on real objects

The right one is left alone as it was published. The wrong one is found: as it was published, or, where no
official package makes the mistake, with the values named here.

| rule | file | right | wrong | how |
|---|---|---|---|---|
"""
VERDICTS = {
    "action-irrelevant": "right: the server refuses the action",
    "closed-type": "right: every file holds a user",
    "expression-variable": "right: the rule has no stage, so it also runs where there is no event",
    "option-code": "right: no option has this code (in a rule: this name)",
    "rule-remainder": "right: the engine's remainder is wrong for two-digit numbers",
    "unknown-reference": "right: nothing of this name is in the file",
    "unlike-types": "right, and mild: the engine makes a text of the number, the server's check refuses it",
    "unused-element": "right: only groups and variables name it",
    "unused-object": "right: no object of the file has a value of the attribute",
    "unused-variable": "right: no condition, value or message reads it",
    "variable-stage": "right: its stage does not ask for the element",
}
"""What was seen when findings of each rule were read beside their objects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One finding: its rule, its weight, its sentence."""

    rule: str
    severity: str
    message: str


@cache
def a_context(name: str) -> RuleContext:
    """A package with what rules may ask."""
    packages = {"demo": Package(name="demo", versions=("2.42",))}
    return context_for(package_state(name), packages, {"2.42": shipped.load("2.42")})


def findings_of(context: RuleContext) -> Iterator[Told]:
    """What every rule finds, and what is told of references and closed types when a package is read."""
    for rule in RULES:
        if rule.page.rule in OF_IMPORT:
            continue
        yield from (_told(finding) for finding in rule.check(context))
    yield from _unknown(context)
    for user in context.of("users"):
        yield Told(
            rule="closed-type", severity="error", message=f"a package may not hold users: {user.ref.path}"
        )


def _told(finding: Finding) -> Told:
    return Told(rule=finding.rule, severity=finding.severity.value, message=finding.message)


def _unknown(context: RuleContext) -> Iterator[Told]:
    """Names of variables, and UIDs, that stand in an expression and for nothing in the file."""
    for passage in passages(context, *LANGUAGES):
        seen = set()
        for found in find_references(passage.text, passage.context):
            for key in found.keys:
                is_told = key.kind is Kind.ANY or (key.kind, key.text) in seen
                if is_told or _is_known(context, passage, key.kind, key.start, key.text):
                    continue
                seen.add((key.kind, key.text))
                where = f"{passage.name} of {context.name(passage.object)}"
                message = f"{key.kind.value} {key.text} does not exist, in {where}"
                yield Told(rule="unknown-reference", severity="error", message=message)


def _is_known(context: RuleContext, passage: Passage, kind: Kind, start: int, text: str) -> bool:
    """Whether a key stands for something; option combinations belong to servers."""
    if kind is Kind.RULE_VARIABLE:
        return variable(context, program_of(passage.object), text) is not None
    return kind is Kind.OPTION_COMBO or isinstance(passage.references.get(start), Ref)


def counting_nothing(context: RuleContext) -> tuple[int, int]:
    """How many program indicators compare with codes that no option has, and how many there are."""
    broken = set()
    for passage in passages(context, Context.PROGRAM_INDICATOR):
        for each in comparisons(passage.text, passage.context):
            last = passage.meant(each.reference)[-1]
            choices = choices_of(context, last) if isinstance(last, Ref) else None
            if choices and each.literal not in choices.codes:
                broken.add(passage.object.ref)
    return len(broken), len(context.of("programIndicators"))


def listing(names: list[str]) -> str:
    """The whole page."""
    contexts = {name: a_context(name) for name in names}
    found = {name: list(findings_of(context)) for name, context in contexts.items()}
    packages = (_package(name, contexts[name], found[name]) for name in names)
    return HEAD + "".join(packages) + _sample(found) + EACH + "".join(f"{row(one)}\n" for one in EXAMPLES)


def _sample(found: Mapping[str, list[Told]]) -> str:
    """A seeded sample, most of it without the one rule that most findings are of, and what reading said."""
    everything = [(name, each) for name, told in found.items() for each in told]
    dice = random.Random(7)  # noqa: S311 - no secret hangs on it
    lines = [READ]
    for is_code, count in ((False, 30), (True, 20)):
        chosen = [row for row in everything if (row[1].rule == "option-code") is is_code]
        for name, each in dice.sample(chosen, count):
            lines.append(f"| {name} | {each.rule} | {_cell(each.message)} | {VERDICTS[each.rule]} |")
    return "\n".join(lines) + "\n"


def _package(name: str, context: RuleContext, told: list[Told]) -> str:
    found = sorted(told, key=lambda each: (each.rule not in KNOWN, each.rule))
    broken, indicators = counting_nothing(context)
    lines = [f"\n## {name}\n\n{len(context.state.objects)} objects, {len(found)} findings."]
    if broken:
        lines.append(f"{broken} of {indicators} program indicators compare with codes that no option has.")
    lines.append("\n| rule | weight | findings | the first three |\n|---|---|---|---|")
    for rule, group in groupby(found, key=lambda each: each.rule):
        listed = list(group)
        weights = "/".join(sorted({each.severity for each in listed}))
        known = " *known*" if rule in KNOWN else ""
        first = "<br>".join(_cell(each.message) for each in listed[:SHOWN])
        lines.append(f"| {rule}{known} | {weights} | {len(listed)} | {first} |")
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    """A sentence inside a table."""
    return text.replace("|", "\\|").replace("<", "&lt;")
