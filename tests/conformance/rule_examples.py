"""Each rule about expressions on real objects: one that is right, one that is wrong, by file and UID.

Where no official package makes a mistake, a real object is written wrong: `edits` says how.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from dhis2cfg.catalogue import shipped
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.places import Place
from dhis2cfg.model.state import DesiredObject, State
from dhis2cfg.validate import RULES, Package
from dhis2cfg.validate.context import RuleContext, context_for
from tests.conformance.package_states import package_document, state_of

TRACKER = "C19_CS_COMPLETE_1.0.2_DHIS2.37"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One property (a dotted path, numbers in lists) of one object, written otherwise; None takes it away."""

    uid: str
    property: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """`right` is left alone by the rule, `wrong` is found: as it was published, or with the edits."""

    rule: str
    right: str
    wrong: str
    edits: tuple[Edit, ...] = ()
    file: str = TRACKER


def _edited(rule: str, uid: str, name: str, value: Any, *more: Edit) -> Example:
    """An object that is right as it was published, and wrong with another value."""
    return Example(rule=rule, right=uid, wrong=uid, edits=(Edit(uid=uid, property=name, value=value), *more))


def _sums(uid: str, target: str, data: str) -> tuple[Edit, ...]:
    """An assignment of a field, made one of a variable."""
    values = {"dataElement": None, "content": f"#{{{target}}}", "data": data}
    return tuple(Edit(uid=uid, property=name, value=value) for name, value in values.items())


_CALCULATED = tuple(
    Edit(uid=uid, property="programRuleVariableSourceType", value="CALCULATED_VALUE")
    for uid in ("G6GqPT1aR90", "o1tpaqdCVAG")
)
EXAMPLES = (
    Example(rule="option-code", right="oTRvKQpopZR", wrong="l6ogiW5joxs"),
    Example(rule="option-code", right="wM3yayMnwT8", wrong="Pn7AZDikJaD", file="C19_POE_DHIS2.36",
            edits=(Edit(uid="Pn7AZDikJaD", property="condition", value="#{POE_SYMPTOMS} != 'Yes'"),)),
    Example(rule="expression-variable", right="nXMObSlWPyl", wrong="ijQLZ2IS2jk"),
    Example(rule="rule-remainder", right="y3OdqKwK47i", wrong="XKmd7dqWPDu"),
    Example(rule="unlike-types", right="y3OdqKwK47i", wrong="XKmd7dqWPDu"),
    Example(rule="unused-variable", right="HH7GbYuaEme", wrong="TO9ibMC4b5h"),
    Example(rule="variable-stage", right="HH7GbYuaEme", wrong="fY1NSX46WSi"),
    Example(rule="unused-element", right="RfWBPHo9MnC", wrong="kBNDcbtH4ii"),
    Example(rule="action-irrelevant", right="UivA5bk7au5", wrong="bPz7b64qNuG"),
    _edited("stage-element", "oTRvKQpopZR", "filter", "#{iVfs6Jyp7I8.CUbZcLm9LyN} == 'YES'"),
    _edited("expression-syntax", "m1xKBgL9gko", "condition", "#{FEVER} = 'YES'"),
    _edited("expression-function", "qWz8Lr7Q9qn", "condition", "isNotNull(#{DATE_OF_BIRTH})"),
    _edited("expression-arguments", "y3OdqKwK47i", "data", "d2:yearsBetween(A{DATE_OF_BIRTH})"),
    _edited("expression-item", "oTRvKQpopZR", "filter", "#{LpWNjNGvCO5.CUbZcLm9LyN} == 'YES' && [days] > 1"),
    _edited("expression-result", "EJDwGDAO8FO", "condition", "d2:count(#{HEALTH_OUTCOME})"),
    _edited("function-version", "y3OdqKwK47i", "data", "d2:minutesBetween(A{DATE_OF_BIRTH},V{due_date})"),
    _edited("date-as-text", "UTfMYr1hiJm", "condition", "#{SYMPTOMS_DATE} > '2020-01-01'"),
    _edited("null-comparison", "SFobDfjXf8j", "condition", "#{SYMPTOMS} == null"),
    _edited("fixed-condition", "QKWcr3l7vIB", "condition",
            "#{CONTACT_WITH_CONFIRMED_CASES} != 'YES' || #{CONTACT_WITH_CONFIRMED_CASES} != 'NO'"),
    _edited("rule-grouping", "ijQLZ2IS2jk", "condition",
            "14 - d2:daysBetween(V{enrollment_date},V{current_date}) + 3 < 0"),
    _edited("division-by-zero", "oTRvKQpopZR", "expression",
            "V{enrollment_count} / #{LpWNjNGvCO5.BH5SRLl5PfH}"),
    _edited("variable-name", "G6GqPT1aR90", "name", "FÆBER"),
    Example(rule="hidden-compulsory", right="WlNjpThxHyu", wrong="k5RzpG9bm3n",
            edits=(Edit(uid="iVfs6Jyp7I8", property="programStageDataElements.2.compulsory", value=True),)),
    Example(rule="assigned-twice", right="umwxK4LPcrw", wrong="umwxK4LPcrw",
            edits=(Edit(uid="ubH98QbBwNo", property="condition", value="true"),
                   Edit(uid="ubH98QbBwNo", property="priority", value=2))),
    Example(rule="calculated-comparison", right="QKWcr3l7vIB", wrong="m1xKBgL9gko",
            edits=(*_CALCULATED, *_sums("nXMObSlWPyl", "FEVER", "38"),
                   Edit(uid="m1xKBgL9gko", property="condition", value="#{FEVER} > '9'"))),
    Example(rule="calculation-cycle", right="k5RzpG9bm3n", wrong="nXMObSlWPyl",
            edits=(*_CALCULATED, *_sums("nXMObSlWPyl", "FEVER", "#{PREGNANT}"),
                   *_sums("umwxK4LPcrw", "PREGNANT", "#{FEVER}"))),
    Example(rule="rule-order", right="EJDwGDAO8FO", wrong="m1xKBgL9gko",
            edits=(*_CALCULATED, *_sums("nXMObSlWPyl", "FEVER", "'YES'"),
                   Edit(uid="UTfMYr1hiJm", property="priority", value=5),
                   Edit(uid="m1xKBgL9gko", property="priority", value=5))),
)  # fmt: skip


def context_of(file: str, edits: tuple[Edit, ...] = ()) -> RuleContext:
    """A file with some objects written otherwise, each object in a place of its own."""
    document = package_document(file)
    for edit in edits:
        _apply(document, edit)
    packages = {"demo": Package(name="demo", versions=("2.42",))}
    return context_for(_placed(state_of(file, document)), packages, {"2.42": shipped.load("2.42")})


def findings(example: Example, context: RuleContext) -> Iterator[tuple[str, Finding]]:
    """What the rule finds, each with the UID of the object it stands in."""
    (rule,) = (rule for rule in RULES if rule.page.rule == example.rule)
    for finding in rule.check(context):
        yield finding.place.file, finding


def row(example: Example) -> str:
    """The example as a row of the page."""
    edits = "<br>".join(f"{each.uid} {each.property} {_written(each)}" for each in example.edits)
    how = edits.replace("|", "\\|") or "as it was published"
    return f"| {example.rule} | {example.file} | {example.right} | {example.wrong} | {how} |"


def _written(edit: Edit) -> str:
    return "left out" if edit.value is None else f"written `{edit.value}`"


def _placed(state: State) -> State:
    """Each object in a file of its own, named by its UID."""
    placed = {ref: _in_file(each, Place(file=ref.key)) for ref, each in state.objects.items()}
    return replace(state, objects=placed)


def _in_file(each: DesiredObject, place: Place) -> DesiredObject:
    fields = {name: replace(field, place=place) for name, field in each.fields.items()}
    return replace(each, place=place, fields=fields)


def _apply(document: dict[str, Any], edit: Edit) -> None:
    """Write one property of one object."""
    lists = (listed for listed in document.values() if isinstance(listed, list))
    (holder,) = (each for listed in lists for each in listed if each.get("id") == edit.uid)
    *path, last = edit.property.split(".")
    target: Any = holder
    for name in path:
        target = target[int(name)] if name.isdigit() else target[name]
    if edit.value is None:
        target.pop(last, None)
    else:
        target[last] = edit.value
