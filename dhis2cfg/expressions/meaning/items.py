"""Items that a context has not, or that hold what they cannot; and what an item holds."""

import re
from collections.abc import Iterator, Mapping

from dhis2cfg.expressions.contexts import AGGREGATE, Context
from dhis2cfg.expressions.found import Found, Key
from dhis2cfg.expressions.meaning.settings import Settings
from dhis2cfg.expressions.meaning.wording import DEFINE, mistake, nearest, shown_opener
from dhis2cfg.expressions.references import item_reference
from dhis2cfg.expressions.syntax import Fault, Mistake
from dhis2cfg.expressions.syntax.tree import ForEach, Item
from dhis2cfg.expressions.vocabulary.allowed import ITEMS, OF_EVENTS, VARIABLES
from dhis2cfg.expressions.vocabulary.messages import message_items, message_variables
from dhis2cfg.expressions.vocabulary.uses import Use
from dhis2cfg.expressions.vocabulary.values import Type

_UID = re.compile(r"[A-Za-z][A-Za-z0-9]{10}")
_UID_FORM = "a UID has 11 letters and digits"
_READABLE = re.compile(r"[A-Za-z0-9 _.-]+")


def for_each_mistakes(node: ForEach, settings: Settings) -> Iterator[Mistake]:
    """A preprocessor where none is read, or whose group has no name that could be sent."""
    if settings.use is not Use.PREDICTOR:
        message = f"{settings.use.named} has no forEach"
        yield Mistake(
            fault=Fault.ITEM,
            message=message,
            start=node.start,
            end=node.group.end,
            suggestion="only the generator of a predictor has one",
        )
    elif settings.are_uids and not _UID.fullmatch(node.group.text):
        yield mistake(node.group, Fault.ITEM, f"{node.group.text}: this is no UID", _UID_FORM)


def item_mistakes(item: Item, settings: Settings, variable: str = "") -> Iterator[Mistake]:
    """An item that the context lacks, or that holds what it cannot; `variable` is that of forEach."""
    context = settings.use.context
    if context is Context.PREDICTOR and item.inside.startswith("?"):
        if item.inside.partition(".")[0] != variable:
            message = f"{item.token.text} stands for no element"
            yield mistake(
                item,
                Fault.ITEM,
                message,
                f"forEach names {variable}" if variable else "begin with forEach ?x in :DEG:GROUP -->",
            )
        return
    shown = f"[{item.inside}]" if item.opener == "[" else item.opener
    allowed = message_items(settings.use) if context is Context.TEMPLATE else ITEMS[context]
    if shown not in allowed:
        known = ", ".join(sorted(shown_opener(each) if "[" not in each else each for each in allowed))
        yield mistake(
            item,
            Fault.ITEM,
            f"{item.token.text} has no meaning in {settings.use.named}",
            f"here stand {known}",
        )
    elif item.opener == "V":
        yield from _variable(item, settings)
    elif item.opener != "[":
        yield from _reference(item, settings)


def _variable(item: Item, settings: Settings) -> Iterator[Mistake]:
    """A name of DHIS2's own that the context has not."""
    known = _variables(settings)
    name = item.inside.strip(" ") if settings.use.context is Context.RULE else item.inside
    if name not in known:
        yield mistake(
            item,
            Fault.VARIABLE,
            f"{settings.use.named} has no V{{{item.inside}}}",
            nearest(name, known) or f"the nearest are {', '.join(sorted(known)[:3])} …",
        )
    elif settings.is_of_enrollment and name in OF_EVENTS:
        yield mistake(
            item,
            Fault.VARIABLE,
            f"V{{{name}}} is unknown while a rule runs for an enrollment",
            "bind the rule to a stage",
            is_sure=False,
        )


def _variables(settings: Settings) -> Mapping[str, Type]:
    """The names of DHIS2's own that there are, with their types."""
    if settings.use.context is Context.TEMPLATE:
        return message_variables(settings.use)
    return VARIABLES[settings.use.context]


def _reference(item: Item, settings: Settings) -> Iterator[Mistake]:
    """What an item refers to: its form, then whether there is such an object."""
    context = settings.use.context
    found = item_reference(item.token, context)
    if not isinstance(found, Found):
        message = found.message if found else f"{item.token.text} names nothing"
        yield mistake(item, Fault.ITEM, message, _form(item, message))
        return
    strange = next((key for key in found.keys if not _is_right(key, item, settings)), None)
    if strange:
        is_rule = context is Context.RULE
        what = "rules cannot read this name" if is_rule else "this is no UID"
        advice = "names are made of A to Z, digits, blanks, _ - ." if is_rule else _UID_FORM
        yield mistake(item, Fault.ITEM, f"{item.token.text}: {what}", advice)
    elif context in AGGREGATE and item.opener == "#" and not _is_operand(item.inside):
        yield mistake(
            item,
            Fault.ITEM,
            f"{item.token.text}: tags and * stand in other places",
            "#{deGroup:A.coGroup:B&C}, #{A.co:B}, #{A.*.C} are read",
        )
    elif settings.names.type_of(found) is None:
        yield mistake(item, Fault.ITEM, f"there is no {found.kind.value} {'.'.join(found.parts)}", DEFINE)


def _form(item: Item, problem: str) -> str:
    """How the item is written, where the problem says it."""
    form = problem.partition("this must be ")[2].partition(",")[0]
    return f"write {item.opener}{{{form}}}" if form else "a key has letters, digits, _ and -"


def _is_right(key: Key, item: Item, settings: Settings) -> bool:
    """Whether a key may be sent as it stands."""
    if settings.use.context is Context.RULE and item.opener in "#A":
        return _READABLE.fullmatch(key.text) is not None
    return not settings.are_uids or key.text == "*" or _UID.fullmatch(key.text) is not None


def _is_operand(inside: str) -> bool:
    """Whether tags stand where the server's grammar has them."""
    first, *others = inside.split(".")
    tags = [
        part.partition(":")[0] if part.startswith(("co:", "coGroup:", "deGroup:")) else "" for part in others
    ]
    return not first.startswith(("co:", "coGroup:")) and "deGroup" not in tags and others != ["*", "*"]


def item_type(item: Item, settings: Settings) -> Type:
    """What an item holds."""
    context = settings.use.context
    if item.opener == "V":
        has_names = context in VARIABLES or context is Context.TEMPLATE
        return _variables(settings).get(item.inside.strip(" "), Type.ANY) if has_names else Type.ANY
    if item.opener == "PS_EVENTDATE":
        return Type.DATE
    if item.opener not in "#A" or context is Context.INDICATOR:
        return Type.NUMBER
    found = item_reference(item.token, context)
    if not isinstance(found, Found):
        return Type.NUMBER if found is None else Type.ANY
    return settings.names.type_of(found) or Type.ANY
