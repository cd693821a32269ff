"""The expressions of a state, judged once for all rules; the names in them are looked up in the state."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dhis2cfg.expressions import Context, Found, Kind, find_problems
from dhis2cfg.expressions.meaning import check
from dhis2cfg.expressions.syntax import Fault, Mistake, Node, Tree
from dhis2cfg.expressions.vocabulary import Judged, Type, Use, type_of_value_type, use_of
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.options import source_of, variable
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.passages import Passage, passages
from dhis2cfg.validate.program_rules import is_of_enrollment, program_of
from dhis2cfg.validate.programs import message_use
from dhis2cfg.validate.values import text_of

_LANGUAGES = (
    Context.BOUNDARY,
    Context.INDICATOR,
    Context.PREDICTOR,
    Context.PROGRAM_INDICATOR,
    Context.RULE,
    Context.TEMPLATE,
    Context.VALIDATION_RULE,
)
_OPERANDS = frozenset({Kind.DATA_ELEMENT, Kind.DATA_ELEMENT_OPERAND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """One judged text. `tree` is None where it cannot be read; `is_told`: `resolve` said so before."""

    passage: Passage
    use: Use
    tree: Tree | None
    types: Mapping[Node, Judged]
    mistakes: tuple[Mistake, ...]
    is_told: bool

    def place(self, part: Node | Mistake) -> Place:
        """Where a part stands in its file."""
        return self.passage.place_of(part.start, part.end)

    def text(self, part: Node) -> str:
        """A part as it is written."""
        return self.passage.text[part.start : part.end]


def judged(context: RuleContext, *uses: Use) -> Iterator[Expression]:
    """The expressions of a state, of these uses or of all."""
    if "expressions" not in context.memory:
        context.memory["expressions"] = tuple(_judge(context))
    found: tuple[Expression, ...] = context.memory["expressions"]
    return (each for each in found if not uses or each.use in uses)


def of_faults(context: RuleContext, page: Page, *faults: Fault) -> Iterator[Finding]:
    """A finding for each mistake of these kinds; what only may go wrong is a warning."""
    for expression in judged(context):
        where = f"{expression.passage.name} of {context.name(expression.passage.object)}"
        for mistake in expression.mistakes:
            if mistake.fault in faults:
                yield page.finding(
                    f"{mistake.message}, in {where}",
                    expression.place(mistake),
                    following=mistake.suggestion,
                    severity=None if mistake.is_sure else Severity.WARNING,
                )


def _judge(context: RuleContext) -> Iterator[Expression]:
    """Each text with its types and mistakes; an empty one says nothing."""
    for passage in passages(context, *_LANGUAGES):
        use = use_of(passage.object.ref.type, passage.name)
        if use is None or not passage.text:
            continue
        if use is Use.MESSAGE:
            use = message_use(context, passage.object.ref)
        found = check(
            passage.text,
            use,
            _Names(context, passage),
            is_of_enrollment=is_of_enrollment(context, passage.object),
        )
        yield Expression(
            passage=passage,
            use=use,
            tree=found.tree,
            types=found.types,
            mistakes=found.mistakes,
            is_told=bool(find_problems(passage.text, passage.context)),
        )


class _Names:
    """What the names in one text stand for; unknown ones were found by `resolve`."""

    __slots__ = ("_context", "_passage")

    def __init__(self, context: RuleContext, passage: Passage) -> None:
        self._context = context
        self._passage = passage

    def type_of(self, found: Found) -> Type | None:
        """The type of the element, the attribute or the variable; ANY where the package does not say it."""
        if found.kind is Kind.RULE_VARIABLE:
            return variable_type(self._context, program_of(self._passage.object), found.parts[0])
        meant = self._passage.meant(found)
        named = meant[0] if found.kind in _OPERANDS else meant[-1]
        if isinstance(named, Ref) and named.type not in {"dataElements", "trackedEntityAttributes"}:
            return Type.NUMBER
        return _type(self._context, named if isinstance(named, Ref) else None)


def variable_type(context: RuleContext, program: str, name: str) -> Type:
    """The type of a rule variable: that of its source, else the one it says itself."""
    found = variable(context, program, name)
    if found is None:
        return Type.ANY
    source = source_of(found)
    declared = text_of(found.fields, "valueType")
    if source is not None or declared is None:
        return _type(context, source)
    return type_of_value_type(declared)


def _type(context: RuleContext, ref: Ref | None) -> Type:
    """The type of an element or attribute of ours."""
    each = context.get(ref)
    value_type = text_of(each.fields, "valueType") if each else None
    return type_of_value_type(value_type) if value_type else Type.ANY
