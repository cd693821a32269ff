"""What a rule says of itself; the pages under docs/rules are made from it, so that a wheel has them too."""

from collections.abc import Iterable
from dataclasses import dataclass

from dhis2cfg.model.findings import Finding, Related, Severity
from dhis2cfg.model.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One rule for people: what it finds, why that matters, the same mistake wrong and right.

    `language` is what the examples are written in.
    """

    rule: str
    what: str
    why: str
    wrong: str
    right: str
    severity: Severity = Severity.ERROR
    language: str = "yaml"

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
        f"Wrong:\n\n{_fenced(page.wrong, page)}\nRight:\n\n{_fenced(page.right, page)}"
    )


def as_index(pages: Iterable[Page]) -> str:
    """All pages as a table of Markdown, as it stands in docs/rules: rule, weight, one line."""
    ordered = sorted(pages, key=lambda page: page.rule)
    rows = (
        f"| [{page.rule}]({page.rule}.md) | {page.severity.value} | {_cell(page.what)} |" for page in ordered
    )
    head = (
        "# What dhis2cfg finds in files\n\n"
        "`dhis2cfg explain RULE` shows a page in the terminal. How much a rule weighs in a package says "
        "`severity: {RULE: info}` in its `package.yaml`. One finding is silenced by a comment on its "
        "line or above it, with the reason: `# dhis2cfg: ignore RULE: reason`.\n\n"
        "| rule | severity | what it finds |\n|---|---|---|\n"
    )
    return head + "".join(f"{row}\n" for row in rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _fenced(example: str, page: Page) -> str:
    return f"```{page.language}\n{example.strip()}\n```\n"
