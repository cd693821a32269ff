"""What DHIS2 refuses an object without."""

from collections.abc import Iterator

from dhis2cfg.catalogue.oddities import embedded_class, parent_lists
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.state import Origin
from dhis2cfg.validate.context import Holder, RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import is_empty, unwrapped
from dhis2cfg.validate.wording import listed, versions

PAGE = Page(
    rule="required-property",
    what="An object or file lacks what it cannot do without, in a DHIS2 version that the package claims.",
    why=(
        "DHIS2 refuses the whole import with E4000. What servers fill in themselves is not asked for. "
        "`package.yaml` needs name, version, dhis2 and locale, `fleet.yaml` a name. "
        "A short name that is left out follows the name where that is at most 50 characters long."
    ),
    wrong="""
dataElements:
  NO_FEBER: {name: Feber, domainType: TRACKER, aggregationType: NONE}
""",
    right="""
dataElements:
  NO_FEBER: {name: Feber, domainType: TRACKER, aggregationType: NONE, valueType: BOOLEAN}
""",
)
_SAID_ELSEWHERE = frozenset({("options", "code")})


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each property that is missing, with the versions that want it."""
    for holder in context.holders():
        if holder.object.adopt:
            continue
        wanted: dict[str, list[str]] = {}
        catalogues = context.claimed(holder.object)
        for version, catalogue in catalogues.items():
            kind = catalogue.types.get(holder.kind) or catalogue.embedded.get(holder.kind)
            for each in kind.properties.values() if kind else ():
                if each.required and _is_missing(holder, each.name):
                    wanted.setdefault(each.name, []).append(version)
        if ("name" in wanted or "name" in holder.unread) and _follows_name(holder):
            wanted.pop("shortName", None)
        for name, refusing in wanted.items():
            yield _finding(context, holder, name, versions(refusing, catalogues))


def _follows_name(holder: Holder) -> bool:
    """Whether the short name would be there if the name were."""
    written = holder.fields.get("shortName")
    return written is None or written.origin is Origin.FOLLOWS


def _is_missing(holder: Holder, name: str) -> bool:
    """Whether nobody says the property: not the package, its place or its key."""
    written = holder.fields.get(name)
    if name in holder.unread or (holder.kind, name) in _SAID_ELSEWHERE:
        return False
    if written is not None:
        return is_empty(unwrapped(written.value))
    if holder.child:
        row = embedded_class(holder.kind)
        return row is None or name not in {row.back, *(row.natural_key if len(row.natural_key) == 1 else ())}
    rows = parent_lists(holder.kind)
    by_place = any(row.scoped and row.back == name for row in rows) and holder.object.ref.parent_path
    return not by_place


def _finding(context: RuleContext, holder: Holder, name: str, where: str) -> Finding:
    what = context.name(holder.object)
    if holder.child:
        what = f"{holder.child} in {holder.path.rstrip('.')} of {what}"
    written = holder.fields.get(name)
    kind = next((one.property(holder.kind, name) for one in context.catalogues.values()), None)
    choices = f"one of {listed(kind.constants)}" if kind and kind.constants else ""
    following = f"write {name}: {choices or '…'}"
    if name == "shortName" and "name" in holder.fields:
        following = "write shortName: … (the name does not fit in its place)"
    return PAGE.finding(
        f"{what} has no {name}",
        written.place if written else holder.place,
        label=f"{name} is required{where}",
        following=following,
    )
