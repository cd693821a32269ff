"""What a rule says of itself; the pages under docs/rules are made from it, so that a wheel has them too."""

from dataclasses import dataclass

from dhis2cfg.model.findings import Finding, Related, Severity
from dhis2cfg.model.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One rule for people: what it finds, why that matters, the same mistake wrong and right in YAML."""

    rule: str
    what: str
    why: str
    wrong: str
    right: str
    severity: Severity = Severity.ERROR

    def finding(
        self,
        message: str,
        place: Place,
        *,
        label: str = "",
        following: str = "",
        severity: Severity | None = None,
        related: tuple[Related, ...] = (),
    ) -> Finding:
        """A finding of this rule, as heavy as the rule unless said otherwise."""
        return Finding(
            rule=self.rule,
            message=message,
            place=place,
            severity=severity or self.severity,
            label=label,
            following=following,
            related=related,
        )


def as_markdown(page: Page) -> str:
    """The page as it stands in docs/rules."""
    return (
        f"# {page.rule}\n\n{page.what} Severity: {page.severity.value}.\n\n{page.why}\n\n"
        f"Wrong:\n\n```yaml\n{page.wrong.strip()}\n```\n\nRight:\n\n```yaml\n{page.right.strip()}\n```\n"
    )
