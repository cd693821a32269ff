"""One object as text for people: expressions with names, what rules do, who uses it, each with its line."""

from collections.abc import Iterator, Sequence

from dhis2cfg.model.description import Act, Description, Mention, Named, Told, Use
from dhis2cfg.report.layout import beside, folded
from dhis2cfg.report.signs import tamed
from dhis2cfg.report.words import ACTS, one, spaced
from dhis2cfg.wire.canonical import pretty

_INTO = {"HIDE": "hidden by", "ASSIGN": "filled by"}
"""What heads the rules that do something to a field, by how DHIS2's word for it begins."""


def description_document(description: Description) -> str:
    """`schemas/description.schema.json`: all of it."""
    return pretty(tamed(description))


def description_text(description: Description, width: int) -> str:
    """All of it, in lines of a width; what there is nothing of is left out, but for users."""
    told = tamed(description)
    lines = [*_head(told, width)]
    for each in told.texts:
        lines += _told(each, width)
    if told.stands:
        lines.append("  stands in")
    for standing in told.stands:
        word = " (compulsory)" if standing.compulsory else ""
        lines += beside(f"    {_name(standing.holder)}{word}", (), str(standing.place), width, hang=6)
    lines += _does(told.acts, width) if told.object.type == "programRules" else _done(told.acts, width)
    lines += _uses(told.uses, width)
    return "\n".join(lines) + "\n"


def _head(told: Description, width: int) -> Iterator[str]:
    """What it is called, where it stands, whose it is."""
    place = str(told.object.place or "")
    yield from beside(_name(told.object), (), place, width, hang=2)
    facts = [told.package, told.uid and f"UID {told.uid}", told.value_type]
    if told.option_set:
        facts.append(_name(told.option_set))
    if told.within:
        facts.append(f"looked at in {_name(told.within)}")
    yield from folded(" · ".join(each for each in facts if each), width, 2)


def _told(each: Told, width: int) -> Iterator[str]:
    """One text: as written, with names, what it refers to."""
    kind = f"  {spaced(each.property)} ({each.type})" if each.type else f"  {spaced(each.property)}"
    yield from beside(kind, (), str(each.place), width, hang=4)
    yield from folded(each.written, width, 4)
    if each.named != each.written:
        yield from folded(f"= {each.named}", width, 4)
    for mention in each.references:
        yield from folded(_mention(mention), width, 6)
    for option in each.options:
        yield from folded(f"'{option.code}' is {option.name}", width, 6)
    for mistake in each.mistakes:
        yield from folded(f"! {mistake}", width, 6)


def _mention(mention: Mention) -> str:
    """`smittested: program rule variable (text), data element Smittested · NO_SMITTESTED`."""
    kind = f"{mention.kind} ({mention.type})" if mention.type else mention.kind
    others = [each for each in mention.objects if each.type != "programRuleVariables"]
    return f"{mention.written}: {kind}" + "".join(f", {_name(each)}" for each in others)


def _does(acts: Sequence[Act], width: int) -> Iterator[str]:
    """What a rule does."""
    if acts:
        yield "  does"
    for act in acts:
        yield from beside(f"    {_deed(act)}", (), str(act.place), width, hang=6)


def _deed(act: Act) -> str:
    """One action: the verb, to what, with what."""
    verb = ACTS.get(act.does, act.does)
    targets = ", ".join(_name(each) for each in act.on)
    return " ".join(each for each in (verb, targets, act.data and f"“{act.data}”") if each)


def _done(acts: Sequence[Act], width: int) -> Iterator[str]:
    """What rules do to a field: first those that hide it, then those that fill it, then the others."""
    groups: dict[str, list[Act]] = {"hidden by": [], "filled by": [], "acted on by": []}
    for act in acts:
        word = next((word for start, word in _INTO.items() if act.does.startswith(start)), "acted on by")
        is_part = act.does in {"HIDEOPTION", "HIDEOPTIONGROUP"}
        groups["acted on by" if is_part else word].append(act)
    for word, listed in groups.items():
        if listed:
            yield f"  {word}"
        for act in listed:
            through = f", with {_name(act.through)}" if act.through else ""
            deed = f" {_deed(act)}" if word == "acted on by" else ""
            yield from beside(f"    {_name(act.rule)}{deed}{through}", (), str(act.place), width, hang=6)
            if word == "filled by" and act.data:
                yield from folded(f"with {act.data}", width, 6)
            if act.when:
                yield from folded(f"when {act.when}", width, 6)


def _uses(uses: Sequence[Use], width: int) -> Iterator[str]:
    """Who refers to it."""
    if not uses:
        yield "  used by nothing in this workspace"
        return
    yield "  used by"
    for use in uses:
        through = f" through {use.through.path.rpartition('/')[2]}" if use.through else ""
        text = f"    {_name(use.user)}, {spaced(use.property)}{through}"
        yield from beside(text, (), str(use.place), width, hang=6)


def _name(named: Named) -> str:
    """`data element Eksponeringssted · NO_EKSPONERING`."""
    key = "" if named.name == named.path else f" · {named.path}"
    return f"{one(named.type)} {named.name}{key}"
