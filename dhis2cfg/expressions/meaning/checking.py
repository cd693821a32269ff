"""An expression judged: its tree, the type of every part, and all that DHIS2 would refuse or misread."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from dhis2cfg.expressions.contexts import Context
from dhis2cfg.expressions.found import Found
from dhis2cfg.expressions.meaning import rule_types, server_types
from dhis2cfg.expressions.meaning.calling import call_mistakes
from dhis2cfg.expressions.meaning.items import for_each_mistakes, item_mistakes
from dhis2cfg.expressions.meaning.modifiers import modifier_mistakes
from dhis2cfg.expressions.meaning.quoting import literal_mistakes
from dhis2cfg.expressions.meaning.settings import Settings
from dhis2cfg.expressions.references import shift
from dhis2cfg.expressions.strings import unquote
from dhis2cfg.expressions.syntax import (
    Language,
    Mistake,
    Node,
    Parsed,
    Tree,
    parse,
    parse_boundary,
    parse_message,
    walk,
)
from dhis2cfg.expressions.syntax.tree import Call, ForEach, Item, Literal, LiteralKind, Modified, bare
from dhis2cfg.expressions.vocabulary.uses import Use
from dhis2cfg.expressions.vocabulary.values import Anything, Judged, Names, Type

NEWEST = "2.43"
_DEEPEST = 4
"""How many conditions in quotes may stand inside each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """`tree` is None where the text cannot be read; then `mistakes` has one. `types` by part of the tree."""

    tree: Tree | None
    mistakes: tuple[Mistake, ...]
    types: Mapping[Node, Judged] = field(default_factory=dict)

    @property
    def is_accepted(self) -> bool:
        """Whether the server's own check of expressions would accept the text."""
        return not self.mistakes


def check(
    text: str,
    use: Use,
    known: Names | None = None,
    version: str = NEWEST,
    *,
    are_uids: bool = False,
    is_of_enrollment: bool = False,
) -> Checked:
    """What is to be said of an expression in one version; never raises, whatever the text.

    `known` tells the types of what it refers to; without it nothing is said of types that only that tells.
    """
    settings = Settings(
        use=use,
        names=known or Anything(),
        version=version,
        are_uids=are_uids,
        is_of_enrollment=is_of_enrollment,
    )
    return _check(text, settings, 0)


def _check(text: str, settings: Settings, depth: int) -> Checked:
    parsed = _parse(text, settings.use)
    if parsed.tree is None:
        return Checked(tree=None, mistakes=tuple(filter(None, (parsed.mistake,))))
    mistakes = list(_named(parsed.tree, settings))
    judge = rule_types.judge if settings.use.language is Language.RULES else server_types.judge
    types, unlike = judge(parsed.tree, settings)
    mistakes += unlike
    for condition in _conditions(parsed.tree) if depth < _DEEPEST else ():
        mistakes += _inside(condition, settings, depth)
    ordered = sorted(set(mistakes), key=lambda each: (each.start, each.end, each.message))
    return Checked(tree=parsed.tree, mistakes=tuple(ordered), types=types)


def _parse(text: str, use: Use) -> Parsed:
    """The tree of a text, by what stands where it stands."""
    if use.context is Context.TEMPLATE:
        return parse_message(text)
    return parse_boundary(text) if use is Use.BOUNDARY else parse(text, use.language)


def _named(tree: Tree, settings: Settings) -> Iterator[Mistake]:
    """Everything that is wrong without regard to types."""
    variable = tree.root.variable if isinstance(tree.root, ForEach) else ""
    for node in walk(tree.root):
        match node:
            case Literal():
                yield from literal_mistakes(node, tree.language)
            case Item():
                yield from item_mistakes(node, settings, variable)
            case Call():
                yield from call_mistakes(node, settings)
            case Modified():
                yield from modifier_mistakes(node, settings)
            case ForEach():
                yield from for_each_mistakes(node, settings)
            case _:
                continue


@dataclass(frozen=True, slots=True, kw_only=True)
class _Condition:
    """A condition in quotes; `prefix` is what DHIS2 puts in front of it."""

    literal: Literal
    prefix: str = ""


def _conditions(tree: Tree) -> Iterator[_Condition]:
    """The quoted arguments that are expressions themselves."""
    places = {"d2:condition": (0, ""), "d2:countIfCondition": (1, "0")}
    for node in walk(tree.root):
        if isinstance(node, Call) and node.name in places:
            number, prefix = places[node.name]
            for argument in node.arguments[number : number + 1]:
                inner = bare(argument)
                if isinstance(inner, Literal) and inner.kind is LiteralKind.TEXT:
                    yield _Condition(literal=inner, prefix=prefix)


def _inside(condition: _Condition, settings: Settings, depth: int) -> Iterator[Mistake]:
    """The mistakes of a quoted condition, at their places in the outer text."""
    quoted = unquote(condition.literal.text, condition.literal.start)
    places = (quoted.places[0],) * len(condition.prefix) + quoted.places
    use = Use.CONDITION if settings.use.language is Language.RULES else Use.FILTER
    inner = replace(settings, use=use, names=_Shifted(settings.names, places))
    for mistake in _check(condition.prefix + quoted.text, inner, depth + 1).mistakes:
        yield replace(mistake, start=places[mistake.start], end=places[mistake.end])


class _Shifted:
    """Names that are asked from inside quotes, told where things stand in the outer text."""

    __slots__ = ("_outer", "_places")

    def __init__(self, outer: Names, places: tuple[int, ...]) -> None:
        self._outer = outer
        self._places = places

    def type_of(self, found: Found) -> Type | None:
        """The type of what a reference holds."""
        return self._outer.type_of(shift(found, self._places))
