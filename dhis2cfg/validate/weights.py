"""What `severity:` of a package says that nobody can follow."""

from collections.abc import Iterable, Iterator, Mapping

from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.model.places import Place
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.wording import nearest

UNKNOWN_RULE = Page(
    rule="unknown-rule",
    what="`severity:` of `package.yaml`, or a comment that silences a finding, names a rule that is none.",
    why="Nothing would weigh less or be silent for it, and nobody would know why.",
    wrong="""
severity: {unused-elements: warning}
""",
    right="""
severity: {unused-element: warning}
""",
)
WORD = Page(
    rule="severity-word",
    what="A rule in `severity:` of `package.yaml` is neither error, warning nor info.",
    why="The rule would keep the weight that it has, and what was meant would not happen.",
    wrong="""
severity: {unused-element: ignore}
""",
    right="""
severity: {unused-element: info}
""",
)
PAGES = (UNKNOWN_RULE, WORD)
_WORDS = tuple(each.value for each in Severity)


def weighing(
    folders: Iterable[str], documents: Mapping[str, tree.Document], known: frozenset[str]
) -> Iterator[Finding]:
    """A finding for each line of `severity:` in the packages of these folders that means nothing."""
    for folder in folders:
        manifest = documents.get("package.yaml" if folder == "." else f"{folder}/package.yaml")
        written = manifest.root.get("severity") if manifest and manifest.root else None
        for entry in written.entries if isinstance(written, tree.Mapping) else ():
            if entry.key not in known:
                yield unknown_rule(entry.key, entry.key_place, known)
            elif isinstance(entry.value, tree.Scalar) and entry.value.text not in _WORDS:
                yield WORD.finding(
                    f"{entry.value.text!r} is no severity",
                    entry.value.place,
                    label=f"one of {', '.join(_WORDS)}",
                    following=f"write {entry.key}: {Severity.INFO.value}, or leave the rule out",
                )


def unknown_rule(name: str, place: Place, known: frozenset[str]) -> Finding:
    """There is no rule of this name."""
    near = nearest(name, sorted(known))
    return UNKNOWN_RULE.finding(
        f"there is no rule {name}",
        place,
        label="no rule has this name",
        following=f"did you mean {near}?" if near else "docs/rules/README.md lists them all",
    )
