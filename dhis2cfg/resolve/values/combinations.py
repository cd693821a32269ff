"""Category option combinations by their options: `(KVINNE,U10)`, or `default` (grammar.md, Expressions)."""

from collections.abc import Callable, Iterator

from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import COMBINATIONS, Combination, Foreign, Ref, Reference, ServerDefault
from dhis2cfg.model.places import Place
from dhis2cfg.resolve.nodes import text_of
from dhis2cfg.resolve.objects.scope import Scope

OPTIONS = "categoryOptions"

Placed = Callable[[int, int], Place]
"""Where a stretch of the combination's text stands: from which character on, how many."""

Noted = Callable[[Ref, int, str], None]
"""Told of each option that is named: from which character on, as which key."""


def read_reference(scope: Scope, node: tree.Node, target: str, near: Ref | None) -> Reference | None:
    """What a node names where a reference is wanted; an option combination by its options too."""
    text = text_of(node)
    if target != COMBINATIONS or text is None or not is_combination(text):
        return scope.read(node, target, near)

    def placed(start: int, length: int) -> Place:
        return node.place.shifted(start, length)

    def noted(option: Ref, start: int, key: str) -> None:
        scope.note(option, node.place, start, key)

    return combination(text, scope, near, placed, noted)


def combination(text: str, scope: Scope, near: Ref | None, placed: Placed, noted: Noted) -> Reference | None:
    """What a combination means; a finding and None where it is spelled otherwise, or an option is unknown."""
    if text == "default":
        return ServerDefault(COMBINATIONS)
    if text.startswith("id:"):
        return scope.foreign(COMBINATIONS, text.removeprefix("id:"))
    place = placed(0, len(text))
    if not is_combination(text):
        scope.findings.append(_not_spelled(text, place))
        return None
    options: list[Ref | Foreign] = []
    for start, key in _keys(text):
        found = scope.known(key, OPTIONS, near)
        if found is not None:
            noted(found, start, key)
        named = found or scope.find(key, OPTIONS, placed(start, len(key)), near)
        if isinstance(named, ServerDefault):
            scope.findings.append(_not_spelled(text, place))
        if not isinstance(named, Ref | Foreign):
            return None
        options.append(named)
    return Combination(options=tuple(sorted(options, key=str)), place=place)


def is_combination(text: str) -> bool:
    """Whether a text is spelled as one: keys in brackets."""
    return text.startswith("(") and text.endswith(")") and all(key for _, key in _keys(text))


def _keys(text: str) -> Iterator[tuple[int, str]]:
    """The keys between the brackets, and where each begins."""
    start = 1
    for part in text[1:-1].split(","):
        yield start + len(part) - len(part.lstrip()), part.strip()
        start += len(part) + 1


def _not_spelled(text: str, place: Place) -> Finding:
    return Finding(
        rule="not-a-combination",
        message=f"{text} names no category option combination",
        place=place,
        label="wanted: the keys of its category options in brackets, or default",
        following="write (OPTION,OPTION) with one option of each category, or default",
    )
