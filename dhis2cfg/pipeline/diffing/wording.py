"""What the values of fleet and municipality files are called, and how much their change may hurt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dhis2cfg.model.plan import Risk
from dhis2cfg.plan.telling.risks import ACCESS, BREAKING

Path = tuple[str, ...]
SHARES = frozenset({"sharing", "authorities"})
"""Properties of patches that say who may do what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a value is called, what its change may do, and a sentence beside it."""

    label: str
    risk: Risk = Risk.VISIBLE
    note: str = ""


def wording(type_name: str, path: Path, *, is_new: bool) -> Wording:
    """The words for one value of a file, by the path that it stands under."""
    first, *rest = path
    if type_name == "fleet" and first == "defaults" and rest:
        inner = wording("municipalities", tuple(rest), is_new=is_new)
        return Wording(label=f"default of all: {inner.label}", risk=inner.risk, note=inner.note)
    made = _TABLE.get((type_name, first))
    if made is None:
        return Wording(label=" ".join(path))
    return made(tuple(rest), is_new)


def _servers(rest: Path, is_new: bool) -> Wording:  # noqa: FBT001 - one row of the table
    if rest[1:2] in (("members",), ("packages",), ("patches",), ("adopt",)):
        inner = wording("municipalities", rest[1:], is_new=is_new)
        return Wording(label=f"{inner.label}, in {rest[0]} alone", risk=inner.risk, note=inner.note)
    environment, prop = (rest[0], ".".join(rest[1:])) if len(rest) > 1 else ("", ".".join(rest))
    what = {"url": "address of the server"}.get(prop, f"server: {prop}" if prop else "server")
    where = f" in {environment}" if environment else ""
    note = "configuration and credentials go to another server" if prop == "url" and not is_new else ""
    return Wording(label=what + where, risk=Risk.ACCESS, note=note)


def _packages(rest: Path, _is_new: bool) -> Wording:  # noqa: FBT001 - one row of the table
    match rest:
        case (name,):
            return Wording(label=f"package {name}")
        case (name, "parameters", parameter, *_):
            return Wording(label=f"{parameter} (parameter of {name})")
        case (name, *others):
            return Wording(label=f"{' '.join(others)} of {name}")
        case _:
            return Wording(label="packages")


def _members(rest: Path, is_new: bool) -> Wording:  # noqa: FBT001 - one row of the table
    group = rest[0].partition("/")[2] if rest else ""
    who = f" {rest[1]}" if len(rest) > 1 else ""
    return Wording(label=f"member{who} of {group}", risk=Risk.ACCESS if is_new else Risk.VISIBLE)


def _assign(rest: Path, is_new: bool) -> Wording:  # noqa: FBT001 - one row of the table
    what = rest[0].partition("/")[2] if rest else ""
    unit = f" {rest[1]}" if len(rest) > 1 else ""
    return Wording(label=f"unit{unit} that works with {what}", risk=Risk.ACCESS if is_new else Risk.VISIBLE)


def _patches(rest: Path, _is_new: bool) -> Wording:  # noqa: FBT001 - one row of the table
    ref, prop = (rest[0] if rest else ""), (rest[1] if len(rest) > 1 else "")
    type_name, _, key = ref.partition("/")
    risk = Risk.VISIBLE
    if (type_name, prop) in BREAKING:
        risk = Risk.BREAKING
    elif prop in ACCESS | SHARES:
        risk = Risk.ACCESS
    return Wording(label=f"its own {' '.join(rest[1:])} of {key}", risk=risk)


def _fixed(label: str, risk: Risk, gone: Risk | None = None, note: str = "") -> "Row":
    """A row whose words need only what stands below; `gone` is its risk where the value is no new one."""

    def row(rest: Path, is_new: bool) -> Wording:  # noqa: FBT001 - one row of the table
        told = " ".join((label, *rest)).strip()
        return Wording(label=told, risk=risk if is_new or gone is None else gone, note=note)

    return row


Row = Callable[[Path, bool], Wording]
_TABLE: Mapping[tuple[str, str], Row] = {
    ("municipalities", "servers"): _servers,
    ("municipalities", "server"): _servers,
    ("municipalities", "packages"): _packages,
    ("municipalities", "members"): _members,
    ("municipalities", "assign"): _assign,
    ("municipalities", "patches"): _patches,
    ("municipalities", "shared"): _fixed("whose values count for", Risk.ACCESS),
    ("municipalities", "adopt"): _fixed("stands on its server already:", Risk.BREAKING),
    ("municipalities", "thresholds"): _fixed("limit", Risk.ACCESS),
    ("municipalities", "allow"): _fixed("permission", Risk.ACCESS, Risk.SAFE),
    ("municipalities", "organisationUnit"): _fixed("its organisation unit:", Risk.BREAKING),
    ("municipalities", "organisationUnits"): _fixed("unit of its own", Risk.VISIBLE),
    ("fleet", "name"): _fixed(
        "name of the fleet", Risk.BREAKING, note="records on servers stand under the old name"
    ),
    ("fleet", "gates"): _fixed("gate", Risk.ACCESS),
    ("fleet", "state"): _fixed("who may read or lock the tool's own keys:", Risk.ACCESS),
    ("fleet", "waves"): _fixed("wave", Risk.SAFE),
}
