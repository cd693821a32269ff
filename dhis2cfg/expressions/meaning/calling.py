"""Functions that a context has not, and arguments that a function does not take."""

import re
from collections.abc import Iterable, Iterator

from dhis2cfg.expressions.found import Found, Key, Kind
from dhis2cfg.expressions.items import is_key
from dhis2cfg.expressions.meaning.settings import Settings
from dhis2cfg.expressions.meaning.wording import DEFINE, mistake, nearest, shown_opener
from dhis2cfg.expressions.strings import unquote
from dhis2cfg.expressions.syntax import Fault, Mistake
from dhis2cfg.expressions.syntax.tree import Bare, Call, Item, Literal, LiteralKind, Node, bare
from dhis2cfg.expressions.vocabulary.functions import CONTEXTS, Function, first_patch, functions_of, is_older

_UID = re.compile(r"[A-Za-z][A-Za-z0-9]{10}")


def call_mistakes(call: Call, settings: Settings) -> Iterator[Mistake]:
    """A function that the context lacks, and arguments that are too few, too many or not of its kind."""
    context = settings.use.context
    known = functions_of(context)
    function = known.get(call.name)
    if function is None:
        yield mistake(
            call,
            Fault.FUNCTION,
            f"{settings.use.named} has no function {call.name}",
            _instead(call.name, settings) or _elsewhere(call.name, known),
            end=call.name_end,
        )
        return
    patch = first_patch(context, call.name, settings.version)
    is_lacking = bool(patch) and is_older(settings.version, patch)
    if is_lacking or (patch and settings.version.count(".") == 1):
        yield mistake(
            call,
            Fault.VERSION,
            f"{call.name} came with DHIS2 {patch}",
            f"a server older than {patch} refuses it",
            is_sure=is_lacking,
            end=call.name_end,
        )
    yield from _count(call, function)
    yield from _shapes(call, function, settings)


_INSTEAD = {
    "if": "write d2:condition('CONDITION', A, B)",
    "isNull": "write !d2:hasValue(#{…})",
    "isNotNull": "write d2:hasValue(#{…})",
    "contains": "write d2:contains(…)",
    "containsItems": "write d2:containsItems(…)",
    "d2:contains": "write contains(…)",
    "d2:containsItems": "write containsItems(…)",
}


def _instead(name: str, settings: Settings) -> str:
    """What does the same in this context, where that has another name."""
    written = _INSTEAD.get(name, "")
    match = re.search(r"(?:d2:)?\w+(?=\()", written)
    return written if match and match.group() in functions_of(settings.use.context) else ""


def _count(call: Call, function: Function) -> Iterator[Mistake]:
    """How many arguments there are, beside how many there must be."""
    count = len(call.arguments)
    if count >= function.least and (function.most is None or count <= function.most):
        return
    wanted = _wanted(function)
    plural = "" if wanted == "1" else "s"
    is_more = count > function.least
    yield mistake(
        call,
        Fault.ARGUMENTS,
        f"{call.name} takes {wanted} argument{plural}, here are {count}",
        "a number with decimals is written with a point"
        if is_more
        else f"write {call.name}({_form(function)})",
    )


def _elsewhere(name: str, known: Iterable[str]) -> str:
    """Who has a function that is not to be had here, or which one was probably meant."""
    having = [context.value for context in CONTEXTS if name in functions_of(context)]
    if having:
        return f"it belongs to: {', '.join(having)}"
    return nearest(name, known) or "look for its name in DHIS2's manual"


def _wanted(function: Function) -> str:
    """How many arguments a function takes, in words."""
    if function.least == function.most:
        return str(function.least)
    return f"{function.least} or more" if function.most is None else f"{function.least} to {function.most}"


def _form(function: Function) -> str:
    """The arguments of a function, by their types."""
    types = [function.wants(number).value.upper() for number in range(max(function.least, 1))]
    return ", ".join(types)


def _shapes(call: Call, function: Function, settings: Settings) -> Iterator[Mistake]:
    """Arguments that must be an item, a quoted text or a number as it stands."""
    if not call.arguments:
        return
    for argument in call.arguments:
        if isinstance(argument, Bare):
            yield from _key(argument, argument.text, settings)
    first = bare(call.arguments[0])
    if function.openers and not _is_item(first, function.openers):
        listed = " or ".join(shown_opener(opener) for opener in sorted(function.openers))
        yield mistake(first, Fault.ARGUMENTS, f"{call.name} takes {listed} first", "give it the item itself")
    elif function.openers and isinstance(first, Literal):
        yield from _unknown_name(first, settings)
    quoted = {"d2:condition": 0, "d2:countIfCondition": 1, "d2:relationshipCount": 0}.get(call.name)
    if quoted is not None and len(call.arguments) > quoted:
        argument = bare(call.arguments[quoted])
        if not _is_text(argument):
            yield mistake(
                argument, Fault.ARGUMENTS, f"{call.name} takes this argument in quotes", "put it in quotes"
            )
        elif call.name == "d2:relationshipCount":
            yield from _uid(argument, settings)
    if call.name == "d2:round":
        yield from (
            mistake(
                digits,
                Fault.ARGUMENTS,
                "d2:round takes its digits as a whole number, written out",
                "write d2:round(VALUE, 2)",
            )
            for digits in call.arguments[1:2]
            if not (isinstance(digits, Literal) and digits.text.isdigit())
        )


def _unknown_name(literal: Literal, settings: Settings) -> Iterator[Mistake]:
    """A variable's name in quotes: where there is none, functions answer as if it had no value."""
    quoted = unquote(literal.text, literal.start)
    key = Key(kind=Kind.RULE_VARIABLE, text=quoted.text, start=quoted.places[0], end=quoted.places[-1])
    if settings.names.type_of(Found(kind=Kind.RULE_VARIABLE, keys=(key,), quoted=True)) is None:
        message = f"there is no program rule variable {quoted.text}"
        yield mistake(literal, Fault.ITEM, message, DEFINE, is_sure=False)


def _is_text(node: Node) -> bool:
    return isinstance(node, Literal) and node.kind is LiteralKind.TEXT


def _is_item(node: Node, openers: frozenset[str]) -> bool:
    """Whether an argument is an item of one of these kinds."""
    return (isinstance(node, Item) and node.opener in openers) or ("quoted" in openers and _is_text(node))


def _uid(node: Node, settings: Settings) -> Iterator[Mistake]:
    """What stands in quotes must name an object."""
    text = unquote(node.text, node.start).text if isinstance(node, Literal) else ""
    yield from _key(node, text, settings)


def _key(node: Node, text: str, settings: Settings) -> Iterator[Mistake]:
    """A text must be a key, or a UID where texts have those."""
    good = _UID.fullmatch(text) if settings.are_uids else is_key(text)
    if not good:
        yield mistake(node, Fault.ARGUMENTS, f"{text!r} names no object", "write its key, or its UID")
