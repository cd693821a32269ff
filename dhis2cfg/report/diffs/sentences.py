"""One change as a sentence: whose it is, what becomes another thing, what else a reviewer must know."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from dhis2cfg.model.diff import Affected
from dhis2cfg.model.plan import Change, Kind, Mark, Reason, Risk
from dhis2cfg.report.diffs.people import few
from dhis2cfg.report.plans.creations import contents, deeds_of
from dhis2cfg.report.plans.fields import label, parsed, told_place
from dhis2cfg.report.sentences.orders import told_order
from dhis2cfg.report.sentences.rights import authority, in_words, rights_changed
from dhis2cfg.report.sentences.spans import Phrase, coded, joined, named, say
from dhis2cfg.report.sentences.values import told_values, value
from dhis2cfg.report.signs import listed, number
from dhis2cfg.report.words import ACTS, one, spaced

OF = frozenset({"options", "programRuleActions"})
"""Types that are told as part of what they stand in (`option Positiv of Prøvesvar`)."""
SETTINGS = frozenset({"fleet", "municipalities", "packages"})
"""What no server holds as an object."""
MUST = frozenset({"compulsory", "mandatory"})
NAMES = 3
"""As many groups as are named; beyond, they are counted."""


def subject(change: Change, root: str = "") -> Phrase:
    """Type and name, and what it stands in unless that is the heading above."""
    outer = change.within[-1] if change.within else ""
    if change.type == "fleet":
        return say("the fleet")
    if change.type == "programRuleActions" and change.field:
        return say("rule ", named(outer), ", where it ", _acts(change))
    told = say(f"{one(change.type)} ", named(change.title)) if change.title else say(one(change.type))
    if not outer or outer == root:
        return told
    return say(told, " of " if change.type in OF else " in ", named(outer))


def _acts(change: Change) -> str:
    """What an action does, by the key that it is made of."""
    key = change.path.rpartition("/")[2]
    deed = next((words for name, words in ACTS.items() if key.startswith(name)), "acts")
    return deed.removesuffix(" at").removesuffix(" of")


def predicate(
    change: Change, parts: Sequence[Change] = (), titles: Mapping[str, str] | None = None
) -> Phrase:
    """What becomes of it; `parts` come or go with a whole object, `titles` are names by key path."""
    if not change.field:
        return _whole(change, parts, titles or {})
    field = parsed(change.field)
    if change.type in SETTINGS:
        return _setting(change)
    if field.is_order:
        return say(f"order of {spaced(field.property)}: ", told_order(change))
    if field.property == "sharing":
        return _shared(change)
    special = _SPECIAL.get((change.type, field.property)) or _BY_PROPERTY.get(field.property)
    if special is not None:
        return special(change)
    if field.rest in MUST and field.key is not None:
        return _compulsory(change)
    if field.key is not None and not field.rest:
        return _member(change, field.property)
    return say(f"{label(change)} ", told_values(change))


def _whole(change: Change, parts: Sequence[Change], titles: Mapping[str, str]) -> Phrase:
    if change.kind is Kind.MOVE:
        return say("is called ", coded(str(change.after)), " in files now, not ", coded(str(change.before)))
    if change.kind is Kind.ADOPT:
        return say(change.note)
    what = _content(change, parts, titles)
    if change.kind is Kind.DELETE:
        return joined([say(change.note), say("it held: ", what) if what else ()], between="; ")
    head = say("new, ", change.note) if change.note else say("new")
    return say(head, ": ", what) if what else head


def _content(change: Change, parts: Sequence[Change], titles: Mapping[str, str]) -> Phrase:
    """What a rule does and when; of another object how many parts it has."""
    if change.type == "municipalities":
        return _municipality(change)
    if change.type not in ("programRules", "programRuleActions"):
        return say(contents(change, parts))
    deeds, when = deeds_of(change, parts, titles)
    return say(deeds, " when " if when and deeds else "", coded(when))


def _municipality(change: Change) -> Phrase:
    """Number, servers and packages of a municipality that comes or goes."""
    told = change.after if isinstance(change.after, dict) else change.before
    pairs = told.items() if isinstance(told, dict) else ()
    shown = [say(f"{key.replace('.', ' ')} ", coded(str(text))) for key, text in pairs if _tells(key)]
    packages = dict.fromkeys(key.split(".")[1] for key, _ in pairs if key.startswith("packages."))
    return joined([*shown, *(say("package ", coded(name)) for name in packages)])


def _tells(key: str) -> bool:
    """Whether a value says which municipality and which server this is."""
    return key == "number" or key.endswith(".url")


def _setting(change: Change) -> Phrase:
    told = say(change.label)
    if change.after is True and change.before is None:
        return say("+ ", told)
    if change.before is True and change.after is None:
        return say("- ", told)
    return say(told, " ", told_values(change))


def _shared(change: Change) -> Phrase:
    """`access of Smittesporere: may now register (r-r----- → r-rw----)`."""
    more, less = rights_changed(change.before, change.after)
    told = []
    if more:
        told.append(say(f"may now {listed(list(more))}"))
    if less:
        told.append(say(f"may no longer {listed(list(less))}"))
    who = say("everybody") if change.field == "sharing.public" else say(*_group(change))
    if not told:
        told = [say(f"may {in_words(change.after)}")]
    return say(who, " ", joined(told, last=" and "), " (", told_values(change), ")")


def _group(change: Change) -> Phrase:
    return say("group ", named(change.label.removeprefix("access of ")))


def _authority(change: Change) -> Phrase:
    key = parsed(change.field).key or ""
    verb = "may no longer " if change.after is None else "may now "
    return say(verb, authority(key))


def _translation(change: Change) -> Phrase:
    if change.after is None:
        return say(f"loses its {change.label}: ", value(change.before, change))
    if change.before is None:
        return say(f"{change.label} new: ", value(change.after, change))
    return say(f"{change.label} ", told_values(change))


def _code(change: Change) -> Phrase:
    return say("code ", told_values(change), "; values already registered keep the old one")


def _stage(change: Change) -> Phrase:
    if change.before is None or change.after is None:
        where = value(change.after or change.before, change)
        return say("applies only in stage " if change.after else "no longer only in stage ", where)
    return say("moves to stage ", value(change.after, change), " from ", value(change.before, change))


def _compulsory(change: Change) -> Phrase:
    name = change.label.rpartition(":")[0] or change.label
    was, now = (value(each, change) for each in (change.before, change.after))
    ends = "must be filled in" if change.after is True else "need not be filled in any more"
    return say(named(name), f" {ends} (compulsory ", was, " → ", now, ")")


def _member(change: Change, collection: str) -> Phrase:
    word = one(collection)
    told = say(f"{word} ", named(change.label.removeprefix("id:")))
    return say(told, " goes out") if change.after is None else say(told, " comes in")


Special: TypeAlias = Callable[[Change], Phrase]
_SPECIAL: Mapping[tuple[str, str], Special] = {
    ("options", "code"): _code,
    ("programRules", "programStage"): _stage,
    ("userRoles", "authorities"): _authority,
}
_BY_PROPERTY: Mapping[str, Special] = {"translations": _translation}
"""Fields that have a sentence of their own."""


def risk_word(change: Change) -> str:
    """How dangerous a change is, in one word; empty for what only is seen."""
    if change.kind is Kind.DELETE and not change.field and change.risk is Risk.DESTRUCTIVE:
        return "leaves the package"
    if change.reason in (Reason.TAKEOVER, Reason.CONFLICT):
        return str(change.reason.value)
    return "" if change.risk in (Risk.SAFE, Risk.VISIBLE) else str(change.risk.value)


def aside(change: Change) -> tuple[str, ...]:
    """What a reviewer must know beside the sentence, in our own words."""
    told = ["phones must synchronise before this is applied"] if Mark.DEVICES in change.marks else []
    if change.note and change.field:
        told.append(change.note)
    if change.touched is not None:
        told.append(f"touches {few(change.touched)} {change.touched.what or 'registered values'}")
    if change.reason is Reason.DRIFT:
        told.append("set back: it was changed by hand")
    if change.reason is Reason.CONFLICT and change.field:
        told.append("changed by hand and in the package since it was last applied")
    return tuple(told)


def for_whom(affected: Affected) -> Phrase:
    """`3 groups in 3 municipalities`, or that nobody knows."""
    told = []
    if affected.groups is not None:
        names = [say(named(each)) for each in affected.groups]
        few = len(names) <= NAMES
        told.append(
            joined(names, last=" and ") if few and len(names) == 1 else say(number(len(names), "group"))
        )
    if affected.municipalities is not None:
        count = affected.municipalities
        told.append(say(number(count, "municipality", "municipalities")))
    return joined(told, between=" in ") or say("unknown")


def where(change: Change) -> str:
    """File and line, inside its package."""
    return told_place(change.place, change.package) if change.place and change.place.file else ""


def sign_of(change: Change) -> str:
    """`+` for what comes, `-` for what goes, `~` for what changes."""
    if change.kind is Kind.MOVE:
        return "~"
    is_new = change.before is None and change.after is not None
    is_gone = change.after is None and change.before is not None
    if not change.field or change.field.endswith("]") or change.type in SETTINGS:
        return "+" if is_new else "-" if is_gone else "~"
    return "~"
