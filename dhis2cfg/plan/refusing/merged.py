"""Ours that are gone because somebody merged them into another object (DHIS2 has buttons for that)."""

from collections.abc import Iterator

from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.plan import Refusal
from dhis2cfg.plan.survey import Survey
from dhis2cfg.plan.telling.naming import names_of
from dhis2cfg.wire import paths


def merged_away(known: Survey) -> Iterator[Refusal]:
    """Gone, while all that referred to it now refers to one other: never made again without a word."""
    for ref, comparison in known.comparisons.items():
        if not comparison.is_new or known.recorded(ref) is None:
            continue
        pointed = list(_now_instead(known, ref.type, known.uid(ref)))
        instead = frozenset.intersection(*pointed) if pointed else frozenset()
        if len(instead) == 1:
            (other,) = instead
            yield Refusal(
                word="conflict",
                message=f"{ref} was merged into {names_of(known, {}).title(other)} ({other}) on the server",
                place=known.given.state.objects[ref].place,
                following=f"pin theirs (id: {other}) in the package, or make ours again: --allow conflict",
                changes=((ref.type, ref.path, ""),),
            )


def _now_instead(known: Survey, type_name: str, gone: Uid) -> Iterator[frozenset[str]]:
    """Of each field and list that held it: what stands there now and was not written by us."""
    for ref, live in known.live_flats.items():
        recorded = known.recorded(ref)
        if live is None or recorded is None:
            continue
        for path, value in recorded.fields.items():
            if not _refers(known, ref, path, type_name):
                continue
            if value == gone:
                yield frozenset({str(live.get(path))} - {"None", gone})
            elif path.endswith(f"[{gone}]") and path not in live:
                stem = path.removesuffix(f"{gone}]")
                new = {each for each in live if each.startswith(stem) and each not in recorded.fields}
                yield frozenset(paths.parse(each).key or "" for each in new if each.endswith("]"))


def _refers(known: Survey, ref: Ref, path: str, type_name: str) -> bool:
    prop = known.given.catalogue.property(ref.type, path.partition("[")[0])
    return prop is not None and prop.target == type_name
