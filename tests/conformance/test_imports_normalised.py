"""Real packages as they were sent and as real servers gave them back: normalised, they are the same.

A plan compares what is written and nothing else, so a property that only the server has is no difference.
Both sides are held against each other all the same: what comes back in addition is a row of a table.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from dhis2cfg.catalogue import additions, quirks, shipped
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import Flat, flatten
from dhis2cfg.wire.identity import with_live_ids
from dhis2cfg.wire.judging import Judge
from tests.conformance.recorded import RECORDED, VERSIONS

FILES = ("C19_AGG", "C19_CS_COMPLETE", "C19_POE", "CVC_EIR", "IDS_MPOX")
DEFAULT_TYPES = ("categories", "categoryCombos", "categoryOptionCombos", "categoryOptions")
"""The server's own `default` objects: packages carry them, and leave them out as references (facts §4.3)."""

LOST_VIEWS = {"C19_AGG": 1, "CVC_EIR": 2, "IDS_MPOX": 2}
"""Map views that 2.41 and 2.42 gave back empty, a file; five a version, ten in all."""

LOST_FIELDS = {
    "2.41": {"columns", "relativePeriods"},
    "2.42": {"columns", "relativePeriods"},
}
"""What is lost of each such view: its data items and its periods, in the spelling in which they were sent."""

pytestmark = pytest.mark.skipif(
    not (RECORDED / "imports").is_dir(), reason=f"recorded imports are not at {RECORDED}"
)

every_import = pytest.mark.parametrize(
    ("minor", "name"), [(minor, name) for minor in VERSIONS for name in FILES]
)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One object: as sent and as it stood afterwards, flattened; `wire` is what was sent."""

    type: str
    uid: str
    sent: Flat
    after: Flat | None
    wire: Mapping[str, Any]


@cache
def pairs(minor: str, name: str) -> tuple[Pair, ...]:
    """Every object of a recorded import."""
    file = next((RECORDED / "imports" / VERSIONS[minor]).glob(f"{name}*.json"))
    recorded = json.loads(file.read_text(encoding="utf-8"))
    sent, after = recorded["sent"], recorded["after"]
    defaults = {row["id"] for each in DEFAULT_TYPES for row in sent.get(each, []) if row["name"] == "default"}
    return tuple(_pairs(minor, sent, after, defaults))


def _pairs(
    minor: str, sent: Mapping[str, Any], after: Mapping[str, Any], defaults: set[str]
) -> Iterator[Pair]:
    catalogue = shipped.load(minor)
    judge = Judge(catalogue)
    ours, theirs = _numbers(sent), _numbers(after)
    for type_name, rows in sent.items():
        standing = {row["id"]: _without(row, defaults) for row in after.get(type_name, [])}
        for row in rows:
            if row["id"] in defaults:
                continue
            live = standing.get(row["id"])
            body = with_live_ids(catalogue, type_name, _without(row, defaults), live or {}, {})
            flat = flatten(catalogue, type_name, body, lambda _, uid: ours.get(uid), judge)
            seen = live and flatten(catalogue, type_name, live, lambda _, uid: theirs.get(uid), judge, flat)
            yield Pair(type=type_name, uid=row["id"], sent=flat, after=seen, wire=row)


def _numbers(objects: Mapping[str, Any]) -> dict[str, float]:
    """The `sortOrder` of every object."""
    lists = [rows for rows in objects.values() if isinstance(rows, list)]
    return {row["id"]: row["sortOrder"] for rows in lists for row in rows if "sortOrder" in row}


def _without(row: Mapping[str, Any], defaults: set[str]) -> dict[str, Any]:
    """An object without references of its own to the server's defaults."""
    return {
        name: value
        for name, value in row.items()
        if not (isinstance(value, dict) and value.get("id") in defaults)
    }


def differing(pair: Pair) -> list[str]:
    """Paths that were written and stand otherwise, as a plan would see them."""
    assert pair.after is not None, f"{pair.type} {pair.uid} did not come back"
    return [path for path, value in pair.sent.items() if _seen(pair.after, path) != value]


def _seen(after: Flat, path: str) -> Any:
    return after.get(path, () if path.endswith(paths.ORDER) else None)


@every_import
def test_nothing_that_was_written_comes_back_different_but_the_map_views_that_are_lost(
    minor: str, name: str
) -> None:
    """As a plan compares: no difference at all, but of the views of maps that 2.41 and 2.42 empty."""
    lost: dict[str, set[str]] = {}
    others = []
    for pair in pairs(minor, name):
        for path in differing(pair):
            view, inside, field = path.partition("].")
            if (pair.type, inside) == ("maps", "]."):
                lost.setdefault(f"{pair.uid} {view}", set()).add(field)
            else:
                others.append(f"{pair.type} {pair.uid} {path}")
    assert others == []
    fields = LOST_FIELDS.get(minor, set())
    assert list(lost.values()) == [fields] * (LOST_VIEWS.get(name, 0) if fields else 0)


@pytest.mark.parametrize("minor", LOST_FIELDS)
def test_what_is_lost_is_a_row_of_losses(minor: str) -> None:
    """Each lost field of a view is told by a row, in the spelling in which it is stored."""
    stored = {"columns": "mapViews.dataDimensionItems", "relativePeriods": "mapViews.rawPeriods"}
    rows = {row.path for row in quirks.losses("maps", minor)}
    assert {stored.get(field, f"mapViews.{field}") for field in LOST_FIELDS[minor]} <= rows


@every_import
def test_what_comes_back_in_addition_is_a_row_of_a_table(minor: str, name: str) -> None:
    """Both sides alike: beyond what was sent stand empties, `false`, defaults and periods respelled."""
    unknown = [
        f"{pair.type} {pair.uid} {path}: {value}"
        for pair in pairs(minor, name)
        for path, value in (pair.after or {}).items()
        if path not in pair.sent and not _is_known(minor, pair, path, value)
    ]
    assert unknown == []


def _is_known(minor: str, pair: Pair, path: str, value: Any) -> bool:
    is_nothing = isinstance(value, dict) and not any(value.values())
    if is_nothing or value in (None, False, (), []):
        return True
    plain = re.sub(r"\[[^\]]*\]", "", path)
    if any(
        (row.type, row.path, row.value) == (pair.type, plain, value) and minor in row.versions
        for row in additions.DEFAULTS
    ):
        return True
    return any(
        (row.type, row.stored) == (pair.type, plain) and sorted(value) == _periods(pair, path, row.sent)
        for row in additions.STORED_AS
    )


def _periods(pair: Pair, path: str, sent: str) -> list[str]:
    """The relative periods that were sent as truths, in the spelling in which they are stored."""
    holder = pair.wire
    name = sent.rpartition(".")[2]
    key = paths.parse(path).key
    if key is not None:
        holder = next(view for view in pair.wire["mapViews"] if view["id"] == key)
    meant = [period for period, is_meant in (holder.get(name) or {}).items() if is_meant]
    return sorted("TODAY" if period == "thisDay" else _snake(period) for period in meant)


def _snake(period: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])", "_", period).upper()


@pytest.mark.parametrize("minor", VERSIONS)
def test_how_much_was_compared_is_told(minor: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every object of the five files came back and was compared; the counts are printed."""
    counts: Counter[str] = Counter()
    for name in FILES:
        for pair in pairs(minor, name):
            counts["objects"] += 1
            counts["fields"] += len(pair.sent) - 1
    with capsys.disabled():
        told = ", ".join(f"{number} {what}" for what, number in sorted(counts.items()))
        print(f"\nimports on {minor}: {told} compared")  # noqa: T201 - the counts are what this test is for
    assert counts["objects"] > 1300
    assert counts["fields"] > 20000


@every_import
def test_normalising_is_idempotent_and_blind_to_the_order_of_sets(minor: str, name: str) -> None:
    """The same object with its sets turned round gives the same fields."""
    catalogue = shipped.load(minor)
    judge = Judge(catalogue)
    for pair in pairs(minor, name):
        kind = catalogue.types[pair.type]
        turned = {
            key: value[::-1] if isinstance(value, list) and _is_set(kind.properties.get(key)) else value
            for key, value in pair.wire.items()
        }
        first = flatten(catalogue, pair.type, pair.wire, judge=judge)
        again = flatten(catalogue, pair.type, turned, judge=judge)
        without = {path: value for path, value in first.items() if not path.endswith(paths.ORDER)}
        assert without == {path: value for path, value in again.items() if not path.endswith(paths.ORDER)}


def _is_set(prop: Any) -> bool:
    return prop is not None and not prop.ordered and prop.shape.value in ("references", "translations")
