"""What an object comes back with beside what was sent; none of it is compared, only what is written is."""

from dataclasses import dataclass
from typing import Any

from dhis2cfg.catalogue.shipped import VERSIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Default:
    """What a server fills in where nothing was sent: a zero or a first choice."""

    type: str
    path: str
    value: Any
    versions: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAs:
    """A property that may be sent and comes back under another name, in another form."""

    type: str
    sent: str
    stored: str
    reason: str


DEFAULTS = (
    Default(
        type="programs",
        path="openDaysAfterCoEndDate",
        value=0,
        versions=VERSIONS,
        reason="a number of Java has no null (oddities.md Q4)",
    ),
    Default(
        type="trackedEntityAttributes",
        path="minCharactersToSearch",
        value=0,
        versions=("2.43",),
        reason="a number of Java has no null (oddities.md Q4)",
    ),
    Default(
        type="visualizations",
        path="hideEmptyRowItems",
        value="NONE",
        versions=VERSIONS,
        reason="a choice of Java that begins with none (oddities.md Q5)",
    ),
    Default(
        type="visualizations",
        path="regressionType",
        value="NONE",
        versions=VERSIONS,
        reason="a choice of Java that begins with none (oddities.md Q5)",
    ),
    Default(
        type="maps",
        path="mapViews.hideEmptyRowItems",
        value="NONE",
        versions=VERSIONS,
        reason="a choice of Java that begins with none (oddities.md Q5)",
    ),
    Default(
        type="maps",
        path="mapViews.regressionType",
        value="NONE",
        versions=VERSIONS,
        reason="a choice of Java that begins with none (oddities.md Q5)",
    ),
)
"""Not needed to compare, where only what is written counts; they tell what else an object comes back with."""

STORED_AS = (
    StoredAs(
        type="visualizations",
        sent="relativePeriods",
        stored="rawPeriods",
        reason="a truth for each period becomes the list of those that are meant (oddities.md K11)",
    ),
    StoredAs(
        type="maps",
        sent="mapViews.relativePeriods",
        stored="mapViews.rawPeriods",
        reason="a truth for each period becomes the list of those that are meant (oddities.md K11)",
    ),
)
"""Old spellings; packages say what is stored, and an import of DHIS2 JSON rewrites them."""
