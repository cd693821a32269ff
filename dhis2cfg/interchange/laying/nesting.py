"""Objects as they stand in files: owned children inside their parents, in their order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dhis2cfg.catalogue.oddities import NESTED, NestedList
from dhis2cfg.interchange.bundle import Bundle, items, uid_of
from dhis2cfg.interchange.keys import Keys, actions_by_rule
from dhis2cfg.model.names import Uid
from dhis2cfg.model.pages import Behind, TextPage, Yaml

LISTED_APART = frozenset({"notificationTemplates"})
"""Lists whose members stand at the top of a file of their own."""

OF_PROGRAMS = ("programRuleVariables", "programRules", "programIndicators")
"""Lists of a program that stand in files beside it."""

LONG = 40
"""From how many options on a set is a table."""

SLIM = 8
"""How many options a set may have that stands in a file with others."""


@dataclass(slots=True, kw_only=True)
class Nest:
    """Packed objects, and how they stand in each other; `tables` are CSV files made on the way."""

    bundle: Bundle
    keys: Keys
    packed: Mapping[Uid, dict[str, Yaml]]
    base: str
    members: Mapping[tuple[Uid, str], list[Uid]]
    tables: list[TextPage] = field(default_factory=list)

    def whole(self, uid: Uid, *, without: tuple[str, ...] = ()) -> dict[str, Yaml]:
        """An object with all that stands inside it, but the collections named."""
        ref = self.keys.refs[uid]
        written = dict(self.packed[uid])
        for row in NESTED:
            if row.parent != ref.type or row.collection in without:
                continue
            inner = self.members_of(uid, row)
            if inner:
                written[row.collection] = inner
        return written

    def members_of(self, uid: Uid, row: NestedList) -> Yaml:
        """The members of one collection of an object."""
        uids = self.members.get((uid, row.collection), [])
        if row.collection in LISTED_APART:
            return [self.keys.refs[each].path for each in uids]
        if row.child == "programRuleActions":
            return [self.whole(each) for each in uids]
        if row.child == "options":
            return self._options(uid, uids)
        return {self.keys.refs[each].key: self.whole(each) for each in uids}

    def _options(self, uid: Uid, uids: list[Uid]) -> Yaml:
        """Options, a line each: a map of names where there is no more to say; a table where they are many."""
        rows = {self.keys.refs[each].key: self.packed[each] for each in uids}
        is_slim = all(
            set(row) <= {"name", "code"} and row.get("code", "") is not None for row in rows.values()
        )
        if is_slim and len(rows) > LONG:
            file = f"{file_name(self.keys.refs[uid].path)}.csv"
            self.tables.append(TextPage(file=f"option-sets/{file}", text=table(rows, self.base)))
            return Behind(tag="!csv", text=file)
        return {key: _option(row, self.base) for key, row in rows.items()}


def _option(row: dict[str, Yaml], base: str) -> Yaml:
    """An option as its name alone, where it has nothing else."""
    if set(row) != {"name"} or base == "id":
        return row
    name = row["name"]
    return name if isinstance(name, dict) else {base: name}


def table(rows: Mapping[str, dict[str, Yaml]], base: str) -> str:
    """Options as CSV: the key, the name in each language, the code where it is another."""
    locales = sorted(
        {locale for row in rows.values() if isinstance(row["name"], dict) for locale in row["name"]}
    )
    others = [locale for locale in locales if locale != base]
    has_code = any("code" in row for row in rows.values())
    header = ["key", *(["code"] if has_code else []), f"name.{base}", *(f"name.{each}" for each in others)]
    lines = [",".join(header)]
    for key, row in rows.items():
        name = row["name"]
        said = name if isinstance(name, dict) else {base: name}
        cells = [key, *([str(row.get("code", key))] if has_code else [])]
        lines.append(
            ",".join(cell(each) for each in (*cells, *(str(said.get(each, "")) for each in (base, *others))))
        )
    return "".join(f"{line}\n" for line in lines)


def cell(text: str) -> str:
    """One cell, in quotes where it would be read as something else."""
    is_plain = text == text.strip() and not set(text) & set(',;\t"\n')
    return text if is_plain else '"' + text.replace('"', '""') + '"'


def file_name(path: str) -> str:
    """A key path as the name of a file."""
    return path.rpartition("/")[2].lower().replace("_", "-").strip("-") or "unnamed"


def find_members(bundle: Bundle, keys: Keys) -> dict[tuple[Uid, str], list[Uid]]:
    """Who stands in which list of whom, in the order that DHIS2 gives them."""
    found: dict[tuple[Uid, str], list[Uid]] = {}
    for row in NESTED:
        for parent, body in bundle.of(row.parent).items():
            listed = [Uid(uid_of(each)) for each in items(body.get(row.collection))]
            found[parent, row.collection] = [
                uid for uid in dict.fromkeys(listed) if _belongs(bundle, row, parent, uid)
            ]
    for row in NESTED:
        for uid, body in sorted(bundle.of(row.child).items()):
            parent = Uid(uid_of(body.get(row.back))) if row.back else Uid("")
            mine = found.get((parent, row.collection))
            if mine is not None and keys.refs[parent].type == row.parent and uid not in mine:
                mine.append(uid)
    actions = actions_by_rule(bundle)
    for row in NESTED:
        for parent in bundle.of(row.parent):
            mine = found[parent, row.collection]
            found[parent, row.collection] = (
                actions[parent] if row.child == "programRuleActions" else _in_order(bundle, keys, row, mine)
            )
    return found


def _belongs(bundle: Bundle, row: NestedList, parent: Uid, uid: Uid) -> bool:
    body = bundle.of(row.child).get(uid)
    return body is not None and (not row.back or uid_of(body.get(row.back)) == parent)


def _in_order(bundle: Bundle, keys: Keys, row: NestedList, uids: list[Uid]) -> list[Uid]:
    """Ordered lists by their numbers, then by position; sets by key."""
    if not row.order:
        return sorted(uids, key=lambda uid: keys.refs[uid].path)
    if row.order == "list":
        return uids
    numbers = {uid: bundle.of(row.child)[uid].get("sortOrder") for uid in uids}
    ranks = {uid: _number(numbers[uid], position) for position, uid in enumerate(uids)}
    return sorted(uids, key=lambda uid: (ranks[uid], uids.index(uid)))


def _number(number: object, position: int) -> float:
    return float(number) if isinstance(number, int | float) else float(position)
