"""System settings that a claimed version does not know, or that the server notes for itself."""

from collections.abc import Iterator
from difflib import get_close_matches

from dhis2cfg.catalogue.settings.keys import SETTINGS, SYSTEM_SETTINGS
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.state import DesiredSetting
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="unknown-setting",
    what="A system setting is written that a claimed version of DHIS2 does not know, or writes itself.",
    why=(
        "DHIS2 refuses the whole step, and none of the settings is set. Times of last runs and states of a "
        "synchronisation are the server's own notes."
    ),
    wrong="""
systemSettings:
  keyAplicationFooter: Smittevern
  keyLastSuccessfulAnalyticsTablesUpdate: 2026-11-24
""",
    right="""
systemSettings:
  keyApplicationFooter: Smittevern
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each such key."""
    for ref, each in context.state.settings.items():
        if ref.type == SYSTEM_SETTINGS:
            yield from _judged(context, ref.path, each)


def _judged(context: RuleContext, key: str, each: DesiredSetting) -> Iterator[Finding]:
    known = SETTINGS.get(key)
    if known is None:
        near = get_close_matches(key, [*SETTINGS], n=1)
        yield PAGE.finding(
            f"DHIS2 has no system setting {key}",
            each.place,
            label="no version knows it",
            following=f"did you mean {near[0]}?" if near else "take it out, or correct its name",
        )
        return
    claimed = context.claims.get(each.owner) or tuple(context.catalogues)
    missing = [version for version in claimed if version not in known.versions]
    if missing:
        yield PAGE.finding(
            f"DHIS2 {', '.join(missing)} has no system setting {key}",
            each.place,
            label=f"known to {', '.join(known.versions)}",
            following="claim other versions (dhis2: in package.yaml), or take it out",
        )
    elif known.noted:
        yield PAGE.finding(
            f"the server itself notes {key}",
            each.place,
            label="set by the server",
            following="take it out",
        )
