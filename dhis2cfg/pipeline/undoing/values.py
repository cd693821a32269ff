"""A setting or an entry of the data store put back: its value, and its texts by locale, each by itself."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dhis2cfg.model.names import Uid
from dhis2cfg.model.questions import Answers, Live, SettingName
from dhis2cfg.model.snapshot import Objects
from dhis2cfg.pipeline.undoing.back import NOTHING, Back, Clash
from dhis2cfg.pipeline.undoing.sent import BESIDE

VALUE = ""
"""The locale of the value itself."""


def value_back(before: Live | None, left: Live | None, now: Live | None) -> Back:
    """The item that puts it back, in the form of a `setting` step; what the run did not write stays."""
    was, stands = dict(parts(left)), dict(parts(now))
    item: dict[str, Any] = {"id": (before or {}).get("id")}
    clashes = []
    for part, old in parts(before):
        if was.get(part) == old or stands.get(part) == old:
            continue
        if stands.get(part) != was.get(part):
            clashes.append(Clash(field=part, before=old, left=was.get(part), now=stands.get(part)))
        if part == VALUE:
            item["value"] = None if old == "" else old
        else:
            item.setdefault("texts", {})[part] = old
    return Back(body=item, clashes=tuple(clashes)) if len(item) > 1 else NOTHING


def parts(item: Live | None) -> Iterator[tuple[str, Any]]:
    """The value under the empty locale, and each text under its own."""
    if item is None:
        return
    if "value" in item:
        yield VALUE, item["value"]
    texts = item.get("texts")
    yield from texts.items() if isinstance(texts, Mapping) else ()


def names_in(objects: Objects) -> tuple[SettingName, ...]:
    """Every value and text that stands among some objects, by its name."""
    return tuple(
        SettingName(type_name, str(uid), locale)
        for type_name in sorted(BESIDE & objects.keys())
        for uid, item in objects[type_name].items()
        for locale, _ in parts(item)
    )


def values_told(names: Iterable[SettingName], answers: Answers) -> dict[str, dict[Uid, Live | None]]:
    """What stands under these names, in the form in which steps write it."""
    told: dict[str, dict[Uid, Live | None]] = {}
    for name in names:
        item = dict(told.setdefault(name.type, {}).get(Uid(name.path)) or {"id": name.path})
        value = answers.settings.get(name)
        if name.locale:
            item["texts"] = {**item.get("texts", {}), name.locale: value}
        else:
            item["value"] = value
        told[name.type][Uid(name.path)] = item
    return told
