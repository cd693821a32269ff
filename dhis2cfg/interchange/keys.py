"""The keys that an import makes: the code where it fits, else a slug of the name (grammar.md, Keys)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from dhis2cfg.catalogue.oddities import NestedList, parent_lists
from dhis2cfg.catalogue.rule_actions import TARGETS
from dhis2cfg.interchange.bundle import Body, Bundle, uid_of
from dhis2cfg.model.names import Ref, Uid

KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}")
LONGEST = 60
"""How long a slug may become."""

_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "Æ": "AE", "Ø": "O", "Å": "A", "ß": "ss", "é": "e", "è": "e"}
)
_SIGNS = (("<=", " LE "), (">=", " GE "), ("<", " LT "), (">", " GT "), ("+", " PLUS "), ("%", " PCT "))
_OTHER = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Every object of a bundle by UID and by key path; `parents` give the path or the scope."""

    refs: Mapping[Uid, Ref]
    uids: Mapping[Ref, Uid]
    parents: Mapping[Ref, Ref]
    variables: Mapping[tuple[str, str], Ref] = field(default_factory=dict)

    def ref(self, type_name: str, uid: str) -> Ref | None:
        """The object of a type with this UID."""
        found = self.refs.get(Uid(uid))
        return found if found is not None and found.type == type_name else None

    def upwards(self, near: Ref | None) -> Iterator[Ref]:
        """An object, its parent, and so on."""
        while near is not None:
            yield near
            near = self.parents.get(near)

    def spelled(self, ref: Ref, near: Ref | None) -> str:
        """The shortest text that means `ref` where `near` says it."""
        for above in self.upwards(near):
            nearest = Ref(ref.type, f"{above.path}/{ref.key}")
            if nearest == ref:
                return ref.key
            if nearest in self.uids:
                break
        return ref.path

    def meant(self, text: str, type_name: str, near: Ref | None) -> Ref | None:
        """What a key or path means where `near` says it."""
        for above in self.upwards(near):
            nearest = Ref(type_name, f"{above.path}/{text}")
            if nearest in self.uids:
                return nearest
        ref = Ref(type_name, text)
        return ref if ref in self.uids else None


def slug(text: str) -> str:
    """A readable key of a text: upper case, signs as words, everything else a line below."""
    for sign, word in _SIGNS:
        text = text.replace(sign, word)
    return _OTHER.sub("_", text.translate(_LETTERS)).strip("_").upper()[:LONGEST].strip("_")


def scoped_row(type_name: str) -> NestedList | None:
    """The list that gives keys of this type their scope, or None."""
    return next((row for row in parent_lists(type_name) if row.scoped), None)


def make_keys(bundle: Bundle) -> Keys:
    """A key path for every object; parents first, so that each path can begin with the parent's."""
    maker = _Maker(bundle)
    for type_name in sorted(bundle.objects, key=_depth):
        if type_name != "programRuleActions":
            maker.name(type_name)
    maker.name_actions()
    return Keys(
        refs=maker.refs,
        uids={ref: uid for uid, ref in maker.refs.items()},
        parents=maker.parents,
        variables=maker.variables,
    )


def _depth(type_name: str) -> tuple[int, str]:
    """After how many others objects of a type are named: their parents come first."""
    parents = {row.parent for row in parent_lists(type_name) if row.back}
    return max((_depth(each)[0] + 1 for each in parents), default=0), type_name


class _Maker:
    """Names the objects of a bundle, type by type."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.refs: dict[Uid, Ref] = {}
        self.parents: dict[Ref, Ref] = {}
        self.variables: dict[tuple[str, str], Ref] = {}
        self._taken: set[tuple[str, str]] = set()

    def name(self, type_name: str) -> None:
        """Every object of a type, in an order that hangs on nothing but what they are."""
        row = scoped_row(type_name)
        objects = sorted(
            self.bundle.of(type_name).items(), key=lambda pair: (wanted(type_name, pair[1]), pair[0])
        )
        for uid, body in objects:
            parent = self._parent(row, body) if row else self._pointed(type_name, body)
            inside = f"{parent.path}/" if row and parent else ""
            ref = Ref(type_name, self._free(type_name, inside, wanted(type_name, body), parent))
            self._add(uid, ref, parent)
            if type_name == "programRuleVariables" and isinstance(body.get("name"), str):
                self.variables.setdefault((ref.parent_path, body["name"]), ref)

    def name_actions(self) -> None:
        """Actions by what they do to what, numbered in the order in which their rule lists them."""
        for rule, uids in actions_by_rule(self.bundle).items():
            parent = self.refs[rule]
            names = [self._action(self.bundle.of("programRuleActions")[uid]) for uid in uids]
            taken: set[str] = set()
            for uid, name in zip(uids, names, strict=True):
                others = {*taken, *(set(names) - {name})}
                key = next(each for each in _numbered(name) if each not in others)
                taken.add(key)
                self._add(uid, Ref("programRuleActions", f"{parent.path}/{key}"), parent)

    def _action(self, body: Body) -> str:
        kind = str(body.get("programRuleActionType") or "ACTION")
        for name in TARGETS:
            uid = uid_of(body.get(name))
            if uid:
                found = self.refs.get(Uid(uid))
                return f"{kind}_{found.key if found else uid}"
        return kind

    def _add(self, uid: Uid, ref: Ref, parent: Ref | None) -> None:
        self.refs[uid] = ref
        self._taken.add((ref.type, ref.path.casefold()))
        if parent is not None:
            self.parents[ref] = parent

    def _parent(self, row: NestedList, body: Body) -> Ref | None:
        return self.refs.get(Uid(uid_of(body.get(row.back))))

    def _pointed(self, type_name: str, body: Body) -> Ref | None:
        """The parent of an object that may stand in one, and whose key does not say so."""
        for row in parent_lists(type_name):
            found = self._parent(row, body) if row.back else None
            if found is not None and found.type == row.parent:
                return found
        return None

    def _free(self, type_name: str, inside: str, key: str, parent: Ref | None) -> str:
        """A path that nothing has yet: the parent's key in front, else a number behind."""
        fits = f"{parent.key}_{key}" if parent and not inside else key
        for each in (key, *((fits,) if KEY.fullmatch(fits) else ()), *()):
            if (type_name, f"{inside}{each}".casefold()) not in self._taken:
                return f"{inside}{each}"
        numbered = (f"{inside}{each}" for each in _numbered(key))
        return next(each for each in numbered if (type_name, each.casefold()) not in self._taken)


def _numbered(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key}_{number}" for number in count(2))


def actions_by_rule(bundle: Bundle) -> dict[Uid, list[Uid]]:
    """The actions of each rule, in its own order, those that only point to it behind."""
    found: dict[Uid, list[Uid]] = {uid: [] for uid in bundle.of("programRules")}
    actions = bundle.of("programRuleActions")
    for rule, body in bundle.of("programRules").items():
        listed = (Uid(uid_of(each)) for each in body.get("programRuleActions") or ())
        mine = (uid for uid in listed if uid_of(actions.get(uid, {}).get("programRule")) == rule)
        found[rule] += dict.fromkeys(mine)
    for uid in sorted(actions):
        rule = Uid(uid_of(actions[uid].get("programRule")))
        if rule in found and uid not in found[rule]:
            found[rule].append(uid)
    return found


def wanted(type_name: str, body: Body) -> str:
    """The key that an object would have if it were alone."""
    code, name = _text(body.get("code")), _text(body.get("name"))
    if type_name == "programRuleVariables":
        return name if KEY.fullmatch(name) else slug(name) or "VARIABLE"
    if KEY.fullmatch(code):
        return code
    if type_name == "programIndicators":
        name = _text(body.get("shortName")) or name
    return slug(code if type_name == "options" and code else name) or slug(code) or type_name.upper()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
