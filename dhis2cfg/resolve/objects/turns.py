"""Repetition and parameters: `for_each`, `!var` and `!tpl` are replaced in the tree; other tags stay."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.places import Place
from dhis2cfg.resolve.nodes import did_you_mean, entries_of, items_of, text_of
from dhis2cfg.resolve.parameters import Parameter, Setting

HOLE = re.compile(r"\{\{\{\{|\{\{\s*([A-Za-z0-9_][A-Za-z0-9_.-]*)\s*\}\}|\{\{")
FOR_EACH = "for_each"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """What names stand for at one point of a tree, and what was found and used on the way.

    `settings` are the parameters; `values` those of the current turn (`band`, `band.from`), `turn` its label.
    """

    parameters: Mapping[str, Parameter]
    settings: Mapping[str, Setting]
    findings: list[Finding]
    used: set[str]
    values: Mapping[str, Setting] = field(default_factory=dict)
    turn: str = ""

    def setting(self, name: str, place: Place) -> Setting | None:
        """What a name stands for, None with a finding where it stands for nothing."""
        found = self.values.get(name) or self.settings.get(name)
        if found is None:
            known: dict[str, Place | None] = {each.name: each.place for each in self.parameters.values()}
            known |= dict.fromkeys(self.values)
            near = did_you_mean(name, known)
            self.findings.append(
                Finding(
                    rule="undefined-parameter",
                    message=f"nothing is called {name} here",
                    place=place,
                    label="neither a parameter of package.yaml nor a name of for_each",
                    following=near or "define it under parameters: in package.yaml",
                )
            )
        elif name not in self.values:
            self.used.add(name)
        return found


def expand(node: tree.Node, turns: Turns) -> tree.Node:
    """The node with every turn made and every name replaced."""
    if isinstance(node, tree.Mapping):
        entries = tuple(made for entry in node.entries for made in _entry(entry, turns))
        if len(entries) > len(node.entries):
            entries = _unique(entries, turns)
        return replace(node, entries=entries, place=_place(node.place, turns))
    if isinstance(node, tree.Sequence):
        items = tuple(made for item in node.items for made in _item(item, turns))
        return replace(node, items=items, place=_place(node.place, turns))
    if isinstance(node, tree.Tagged):
        return _tagged(node, turns)
    return replace(node, place=_place(node.place, turns)) if turns.turn else node


def expand_mapping(node: tree.Mapping, turns: Turns) -> tree.Mapping:
    """The same for a mapping, which stays one."""
    expanded = expand(node, turns)
    return expanded if isinstance(expanded, tree.Mapping) else node


def _place(place: Place, turns: Turns) -> Place:
    return replace(place, turn=turns.turn) if turns.turn else place


def _entry(entry: tree.Entry, turns: Turns) -> Iterator[tree.Entry]:
    """The entry, or one a turn."""
    body = entry.value
    spec = body.get(FOR_EACH) if isinstance(body, tree.Mapping) else None
    if spec is None or not isinstance(body, tree.Mapping):
        key = _filled(entry.key, entry.key_place, turns, keys=True) if turns.turn else entry.key
        yield tree.Entry(key=key, key_place=_place(entry.key_place, turns), value=expand(body, turns))
        return
    for turn in _turns(spec, turns):
        key = _filled(entry.key, entry.key_place, turn, keys=True)
        value = expand(_without_for_each(body), turn)
        yield tree.Entry(key=key, key_place=_place(entry.key_place, turn), value=value)


def _unique(entries: tuple[tree.Entry, ...], turns: Turns) -> tuple[tree.Entry, ...]:
    """The entries without those whose made key was there before, with a finding for each."""
    first: dict[str, tree.Entry] = {}
    for entry in entries:
        before = first.setdefault(entry.key, entry)
        if before is not entry:
            turns.findings.append(
                Finding(
                    rule="duplicate-key",
                    message=f"for_each makes {entry.key} twice",
                    place=entry.key_place,
                    label="another turn, or another entry, makes the same key",
                    following="put the name of each for_each into the key: NAME_{{band}}_{{sex}}",
                    related=(Related(message="first made here", place=before.key_place),),
                )
            )
    return tuple(first.values())


def _item(item: tree.Node, turns: Turns) -> Iterator[tree.Node]:
    """The item of a list, or one a turn."""
    spec = item.get(FOR_EACH) if isinstance(item, tree.Mapping) else None
    if spec is None or not isinstance(item, tree.Mapping):
        yield expand(item, turns)
        return
    for turn in _turns(spec, turns):
        yield expand(_without_for_each(item), turn)


def _without_for_each(node: tree.Mapping) -> tree.Mapping:
    return replace(node, entries=tuple(entry for entry in node.entries if entry.key != FOR_EACH))


def _turns(spec: tree.Node, turns: Turns) -> Iterator[Turns]:
    """All turns in the order written, the first name slowest."""
    names = entries_of(spec)
    for entry in names:
        _check_name(entry, turns)
    choices = [[(entry.key, key, values) for key, values in _values(entry.value)] for entry in names]
    for chosen in product(*choices) if choices else ():
        values = dict(turns.values)
        for name, key, fields in chosen:
            values[name] = Setting(value=key, text=key)
            values |= {f"{name}.{each}": setting for each, setting in fields.items()}
        label = ", ".join(f"{name}={key}" for name, key, _ in chosen)
        turn = f"{turns.turn}, {label}" if turns.turn else label
        yield replace(turns, values=values, turn=turn)


def _check_name(entry: tree.Entry, turns: Turns) -> None:
    """A name that is also a parameter, a name without turns: findings."""
    parameter = turns.parameters.get(entry.key)
    if parameter:
        turns.findings.append(
            Finding(
                rule="for-each-name",
                message=f"{entry.key} is a parameter of the package and a name of for_each",
                place=entry.key_place,
                label="one name, two meanings",
                following="call the turns something else",
                related=(Related(message="the parameter", place=parameter.place),),
            )
        )
    if not list(_values(entry.value)):
        turns.findings.append(
            Finding(
                rule="for-each-name",
                message=f"{entry.key} has no turns, so nothing is made",
                place=entry.key_place,
                label="no turn here",
                following="write a mapping of turns, or a list of their keys",
            )
        )


def _values(node: tree.Node) -> Iterator[tuple[str, Mapping[str, Setting]]]:
    """Each turn's key and its named values; a list has keys only."""
    for entry in entries_of(node):
        yield entry.key, dict(_flat(entry.value, ""))
    for item in items_of(node):
        text = text_of(item)
        if text is not None:
            yield text, {}


def _flat(node: tree.Node, prefix: str) -> Iterator[tuple[str, Setting]]:
    """The scalars below a node by dotted name; a scalar alone is no named value."""
    for entry in entries_of(node):
        if isinstance(entry.value, tree.Scalar):
            yield prefix + entry.key, Setting(value=entry.value.value, text=text_of(entry.value) or "")
        else:
            yield from _flat(entry.value, f"{prefix}{entry.key}.")


def _tagged(node: tree.Tagged, turns: Turns) -> tree.Node:
    """`!var` and `!tpl` become scalars; what stands behind another tag is expanded in place."""
    place = _place(node.place, turns)
    tag = node.tag.removeprefix("!")
    inner = node.value
    if tag == "var" and isinstance(inner, tree.Scalar):
        setting = turns.setting(inner.text, inner.place)
        value, text = (setting.value, setting.text) if setting else (None, "")
        where = _place(inner.place, turns)
        return tree.Scalar(
            value=value, text=text, place=where, plain=False, made=True, unread=setting is None
        )
    if tag == "tpl" and isinstance(inner, tree.Scalar):
        before, where = len(turns.findings), _place(inner.place, turns)
        text = _filled(inner.text, inner.place, turns, scalar=inner)
        unread = len(turns.findings) > before
        return replace(inner, value=text, text=text, place=where, plain=False, made=True, unread=unread)
    return replace(node, value=expand(inner, turns), place=place)


def _filled(
    text: str, place: Place, turns: Turns, *, keys: bool = False, scalar: tree.Scalar | None = None
) -> str:
    """A template with its holes filled; in keys only the names of turns count, so that keys never vary."""
    source = replace(turns, settings={}) if keys else turns

    def fill(hole: re.Match[str]) -> str:
        if hole.group() == "{{{{":
            return "{{"
        where = place
        if scalar is None or not scalar.multiline:
            where = place.shifted(hole.start(), hole.end() - hole.start())
        if hole[1] is None:
            turns.findings.append(_unclosed(where))
            return "{{"
        setting = source.setting(hole[1], where)
        return setting.text if setting else ""

    return HOLE.sub(fill, text)


def _unclosed(place: Place) -> Finding:
    return Finding(
        rule="bad-template",
        message="{{ is not closed",
        place=place,
        label="wanted: {{NAME}}",
        following="close it with }}, or write {{{{ for two braces",
    )
