"""What `severity:` of a package says that nobody can follow."""

from dhis2cfg.load.text.events import parse
from dhis2cfg.model.tree import Document
from dhis2cfg.validate.weights import weighing

KNOWN = frozenset({"unused-element", "no-sharing"})


def documents(text: str, file: str = "packages/demo/package.yaml") -> dict[str, Document]:
    """A manifest by its file."""
    return {file: parse(text, file)[0]}


def test_rules_and_words_that_there_are_not() -> None:
    """Each at its place, with what was meant where that can be guessed."""
    text = (
        "severity:\n  unused-elements: info\n  nonsense: info\n  no-sharing: ignore\n  unused-element: info\n"
    )
    near, far, word = weighing(["packages/demo"], documents(text), KNOWN)
    assert (near.rule, near.place.line, near.following) == ("unknown-rule", 2, "did you mean unused-element?")
    assert (far.message, far.following) == (
        "there is no rule nonsense",
        "docs/rules/README.md lists them all",
    )
    assert (word.rule, word.place.line, word.message) == ("severity-word", 4, "'ignore' is no severity")
    assert word.following == "write no-sharing: info, or leave the rule out"


def test_what_says_nothing() -> None:
    """No manifest, an empty one, one without severities, a value that is no word: nothing to say here."""
    empty = {"package.yaml": Document(file="package.yaml", root=None, text="")}
    for files, folder in (
        ({}, "packages/demo"),
        (empty, "."),
        (documents("name: demo\n"), "packages/demo"),
        (documents("severity: {no-sharing: [x]}\n", "package.yaml"), "."),
    ):
        assert list(weighing([folder], files, KNOWN)) == []
