"""A document of metadata → a bundle: objects by UID; people and option combinations stay behind."""

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

from dhis2cfg.catalogue.oddities import CLOSED, NESTED
from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.interchange.bundle import DEFAULTS, OF_LEFT_OBJECTS, Body, Bundle, items, name_of, uid_of
from dhis2cfg.interchange.elder import OLD_TYPES, modern
from dhis2cfg.interchange.sources import Source
from dhis2cfg.model.findings import Severity
from dhis2cfg.model.names import Uid

UID = re.compile(r"[A-Za-z][A-Za-z0-9]{10}")

NO_TYPES = frozenset({"date", "package", "system"})
"""What stands beside the types in an export: when and where it was made."""

RETIRED = frozenset({"eventCharts", "eventReports"})
"""Types that newer versions keep as eventVisualizations and take from nobody (facts §16)."""

CHILDREN_APART = frozenset({"programStageDataElements", "programTrackedEntityAttributes"})
"""Embedded children that old exports list once more at the top (packages facts B1)."""


def gather(source: Source, catalogue: Catalogue) -> Bundle:
    """The objects that a package may hold, as they are; what cannot be read is a finding."""
    document = source.document
    bundle = Bundle(file=source.file, provenance=provenance(document.get("package")))
    for name, value in document.items():
        if name in NO_TYPES or not isinstance(value, list):
            continue
        bundle.account.objects += len(value)
        bundle.account.properties += sum(len(each) for each in items(value))
        why = _why_not(name, catalogue)
        if why:
            _leave(bundle, name, value, why)
            continue
        for each in value:
            _take(bundle, name, each)
    _without_roles_of_people(bundle, items(document.get("users")))
    _without_defaults(bundle)
    _restore_parents(bundle)
    _refuse_circles(bundle)
    return bundle


def provenance(block: Any) -> Body:
    """The `package` block: an object in newer files, a text in older ones."""
    if isinstance(block, Mapping):
        return {key: value for key, value in block.items() if isinstance(value, str) and value}
    if not isinstance(block, str):
        return {}
    version = re.search(r"_V(\d+\.\d+\.\d+)", block)
    return {"name": block, **({"version": version[1]} if version else {})}


def _why_not(name: str, catalogue: Catalogue) -> str:
    """Why a type is not taken over; empty where it is."""
    if name in CHILDREN_APART:
        return "they stand inside their parent too"
    if name in RETIRED:
        return "the type is retired"
    if name in CLOSED:
        return CLOSED[name]
    return "" if name in catalogue.types or name in OLD_TYPES else "no type of DHIS2 2.41 to 2.43"


def _leave(bundle: Bundle, name: str, value: list[Any], why: str) -> None:
    """Leave out all objects of a type."""
    objects = items(value)
    bundle.account.left_objects[f"{name}: {why}"] += len(objects)
    bundle.account.left[OF_LEFT_OBJECTS] += sum(len(each) for each in objects)
    if name in RETIRED:
        for each in objects:
            bundle.mended("mend-retired-type", name, uid_of(each), "the type is retired; left out")
    elif name in DEFAULTS:
        bundle.combinations |= {uid_of(each): _made_of(each) for each in objects}
        bundle.defaults |= {uid_of(each) for each in objects if each.get("name") == "default"}
        if any(each.get("name") != "default" for each in objects):
            bundle.account.mended["mend-option-combination"] += 1
            bundle.say("mend-option-combination", f"{name}: {why}; left out", Severity.INFO)
    elif objects and name == "users":
        bundle.account.mended["mend-user"] += len(objects)
        bundle.say("mend-user", f"{len(objects)} users left out: {why}", Severity.INFO)
    elif objects and why.startswith("no type"):
        bundle.say("import-unknown-type", f"{name}: {why}; {len(objects)} left out", Severity.WARNING)


def _made_of(each: Body) -> tuple[str, frozenset[str]]:
    """What an option combination is made of: the category combination and the options."""
    return uid_of(each.get("categoryCombo")), frozenset(map(uid_of, items(each.get("categoryOptions"))))


def _take(bundle: Bundle, name: str, each: Any) -> None:
    """One object; one that says nothing, or has no UID, is a finding."""
    if not isinstance(each, dict):
        bundle.say("import-no-object", f"{name} holds something that is no object", following="correct it")
        return
    uid = uid_of(each)
    if not UID.fullmatch(uid):
        message = f"{name} holds an object whose id {each.get('id')!r} is no UID"
        bundle.say("import-no-object", message, following="give it a UID, or leave it out")
        return
    came_with = tuple(each)
    name, body = modern(name, copy.deepcopy(each))
    before = next((other for other, objects in bundle.objects.items() if uid in objects), None)
    if before is not None:
        if before == name and bundle.objects[name][Uid(uid)] == body:
            bundle.account.left_objects["the same object a second time"] += 1
            bundle.account.left[OF_LEFT_OBJECTS] += len(came_with)
            return
        message = f"two objects have the UID {uid}: one of {before}, one of {name}"
        bundle.say("import-duplicate-uid", message, following="leave out one of them")
        return
    bundle.objects.setdefault(name, {})[Uid(uid)] = body
    bundle.came_with[Uid(uid)] = came_with


def _without_roles_of_people(bundle: Bundle, users: list[Body]) -> None:
    """A role that only the users of the file have is there to carry the file; it goes with them."""
    people = {uid_of(each) for each in users}
    named = {uid_of(role) for each in users for role in items(each.get("userRoles"))}
    needed = {
        uid_of(role) for each in bundle.of("programs").values() for role in items(each.get("userRoles"))
    }
    for uid, body in list(bundle.of("userRoles").items()):
        members = {uid_of(each) for each in items(body.get("users"))}
        if people and uid not in needed and (uid in named or members & people) and members <= people:
            bundle.mended("mend-user", "userRoles", uid, "the role of users that are left out; left out")
            bundle.drop("userRoles", uid, "userRoles: the role of users that are left out")


def _without_defaults(bundle: Bundle) -> None:
    """The default dimension is every server's own; nothing of it is taken over."""
    for name in DEFAULTS:
        for uid in [uid for uid, each in bundle.of(name).items() if _is_default(name, each)]:
            bundle.defaults.add(uid)
            bundle.drop(name, uid, f"{name}: every server has its own default")


def _is_default(name: str, each: Body) -> bool:
    return name in DEFAULTS and each.get("name") == "default"


def _restore_parents(bundle: Bundle) -> None:
    """References to parents that only the parents' lists tell."""
    for parent, child, row in _lists(bundle):
        below = bundle.of(row.child).get(child)
        if below is not None and not uid_of(below.get(row.back)):
            below[row.back] = {"id": parent}


def _lists(bundle: Bundle) -> Iterator[tuple[Uid, Uid, Any]]:
    for row in NESTED:
        for uid, body in bundle.of(row.parent).items() if row.back else ():
            for each in items(body.get(row.collection)):
                yield uid, Uid(uid_of(each)), row


def _refuse_circles(bundle: Bundle) -> None:
    """Organisation units that stand below themselves; a finding for each circle."""
    units = bundle.of("organisationUnits")
    done: set[str] = set()
    for first in units:
        way: list[str] = []
        uid: str = first
        while uid in units and uid not in done:
            done.add(uid)
            way.append(uid)
            uid = uid_of(units[Uid(uid)].get("parent"))
        if uid in way:
            told = " → ".join(name_of(units[Uid(each)]) or each for each in [*way[way.index(uid) :], uid])
            bundle.say(
                "import-circle",
                f"organisation units stand below themselves: {told}",
                following="give one of them another parent",
            )
