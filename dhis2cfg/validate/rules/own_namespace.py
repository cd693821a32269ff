"""The data store's namespace in which the tool keeps its own state, and names that no entry can have."""

from collections.abc import Iterator

from dhis2cfg.catalogue.settings.keys import DATA_STORE, OWN_NAMESPACE
from dhis2cfg.model.findings import Finding
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="own-namespace",
    what="An entry of the data store stands in dhis2cfg's own namespace, or has a name that none can have.",
    why=(
        "In `dhis2cfg` the tool keeps record, runs, snapshots and its lock: a package that wrote there could "
        "widen what it may change. Namespace and key have 1 to 255 characters each."
    ),
    wrong="""
dataStore:
  dhis2cfg: {record-fleet: {}}
""",
    right="""
dataStore:
  smittevern: {layout: {columns: 2}}
""",
)
LONGEST = 255


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each entry under such a name."""
    for ref, each in context.state.settings.items():
        if ref.type != DATA_STORE:
            continue
        namespace, _, key = ref.path.partition("/")
        if namespace.strip().casefold() == OWN_NAMESPACE:
            yield PAGE.finding(
                f"{ref} is dhis2cfg's own",
                each.place,
                label="the tool keeps its record and its lock here",
                following="take another namespace",
            )
        elif not (0 < len(namespace) <= LONGEST and 0 < len(key) <= LONGEST and "/" not in key):
            yield PAGE.finding(
                f"{ref} cannot be the name of an entry",
                each.place,
                label=f"wanted: NAMESPACE/KEY, each of 1 to {LONGEST} characters",
                following="give it a shorter name, without / in the key",
            )
