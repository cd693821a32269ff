"""Who may do more than we asked for: entries wider than ours, and ours widened by hand (design §6)."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.names import Ref
from dhis2cfg.plan.merge import Row
from dhis2cfg.plan.survey import Survey
from dhis2cfg.plan.telling.changes import label, place_of
from dhis2cfg.plan.telling.naming import Names
from dhis2cfg.plan.telling.risks import is_wider

SHARING = "sharing."


def access_findings(known: Survey, names: Names) -> Iterator[Finding]:
    """A warning for each entry; whose sharing we do not manage is none of our business."""
    for ref, comparison in known.comparisons.items():
        for each in comparison.differences:
            by_hand = each.row in (Row.DRIFT, Row.CONFLICT) and each.path.startswith(SHARING)
            if by_hand and is_wider(each.live, each.base):
                told = f"{each.base} was widened by hand to {each.live}"
                yield _finding(known, names, ref, each.path, told)
        ours = [value for path, value in known.flats[ref].items() if path.startswith(SHARING)]
        for path, value in comparison.local.items():
            if ours and path.startswith(SHARING) and all(is_wider(value, each) for each in ours):
                yield _finding(known, names, ref, path, f"{value} is more than any entry of ours gives")


def _finding(known: Survey, names: Names, ref: Ref, path: str, told: str) -> Finding:
    return Finding(
        rule="access",
        severity=Severity.WARNING,
        message=f"{ref}: {label(names, ref.type, path)}: {told}",
        place=place_of(known.given.state.objects[ref], names, path),
        following="take it away on the server, or write it into the package",
    )
