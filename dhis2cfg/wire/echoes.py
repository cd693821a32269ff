"""Texts that stand already, under the other name that DHIS2 has for their language (facts §17.7)."""

from dhis2cfg.catalogue import quirks
from dhis2cfg.wire import paths
from dhis2cfg.wire.flatten import Flat


def echoes(desired: Flat, live: Flat) -> frozenset[str]:
    """Translations that are wanted under one name (`no`) and stand under the other (`nb`), word for word."""
    found: set[str] = set()
    for path, text in desired.items():
        if not path.startswith("translations[") or path in live:
            continue
        key, _, locale = (paths.parse(path).key or "").partition(",")
        others = (paths.member("translations", f"{key},{other}") for other in quirks.same_language(locale))
        if any(live.get(other) == text for other in others):
            found.add(path)
    return frozenset(found)
