"""Sharing of all objects → named profiles, so that an object says in one word who may do what."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.interchange.bundle import Body, Bundle
from dhis2cfg.interchange.keys import Keys
from dhis2cfg.model.pages import Yaml

Access: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]
"""What is public, and each group (UID) with its access."""

_PLAIN = {"--------": "nobody", "r-------": "public_view", "rw------": "public_edit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiles:
    """Profile names by what they mean for a type with data and for one without."""

    names: Mapping[tuple[Access, bool], str]
    full: Mapping[str, Access]

    def name(self, body: Body, *, has_data: bool) -> str:
        """The profile of an object that has sharing."""
        return self.names[access_of(body), has_data]

    def written(self, keys: Keys) -> dict[str, Yaml]:
        """The profiles as `package.yaml` says them."""
        return {name: _written(access, keys) for name, access in self.full.items()}


def access_of(body: Body) -> Access:
    """The sharing of an object, mended before."""
    block = body["sharing"]
    return block["public"], tuple(sorted(block["userGroups"].items()))


def masked(access: Access) -> Access:
    """The same without data bits, as a type without data reads it."""
    public, groups = access
    return _mask(public), tuple((group, _mask(each)) for group, each in groups)


def _mask(access: str) -> str:
    return f"{access[:2]}--{access[4:]}"


def make_profiles(bundle: Bundle, catalogue: Catalogue) -> Profiles:
    """One profile for what is the same but for the data bits of types that have data."""
    counts: Counter[tuple[Access, bool]] = Counter()
    for type_name, _, body in bundle.all():
        kind = catalogue.types[type_name]
        if kind.shareable and isinstance(body.get("sharing"), dict):
            counts[access_of(body), kind.data_shareable] += 1
    full = _full(counts)
    names = _names(full)
    found = {}
    for access, has_data in counts:
        meant = access if has_data else full_of(access, full)
        found[access, has_data] = names[meant]
    return Profiles(
        names=found, full={name: access for access, name in sorted(names.items(), key=lambda pair: pair[1])}
    )


def _full(counts: Counter[tuple[Access, bool]]) -> dict[Access, int]:
    """Every profile that is needed, with how often it is used; data types say the data bits."""
    full: Counter[Access] = Counter()
    for (access, has_data), count in sorted(counts.items()):
        if has_data:
            full[access] += count
    for (access, has_data), count in sorted(counts.items()):
        if not has_data:
            full[full_of(access, full)] += count
    return dict(full)


def full_of(access: Access, full: Mapping[Access, int]) -> Access:
    """The profile that a type without data uses: one that is the same but for data bits."""
    same = sorted(each for each in full if masked(each) == access)
    return same[-1] if same else access


def _names(full: Mapping[Access, int]) -> dict[Access, str]:
    """Names by what a profile says; the most used one with groups is `standard`."""
    names: dict[Access, str] = {}
    taken: Counter[str] = Counter()
    for access, _ in sorted(full.items(), key=lambda pair: (-pair[1], pair[0])):
        public, groups = access
        name = "standard" if groups else _PLAIN.get(public, "public_data")
        taken[name] += 1
        names[access] = name if taken[name] == 1 else f"{name}_{taken[name]}"
    return names


def _written(access: Access, keys: Keys) -> Yaml:
    public, groups = access
    written: dict[str, Yaml] = {"public": public}
    if groups:
        spelled = {_group(group, keys): each for group, each in groups}
        written["userGroups"] = dict(sorted(spelled.items()))
    return written


def _group(uid: str, keys: Keys) -> str:
    ref = keys.ref("userGroups", uid)
    return ref.path if ref else f"id:{uid}"
