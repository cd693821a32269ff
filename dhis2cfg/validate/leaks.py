"""Secrets that stand in files as plain text: tokens, keys and passwords that are known by their form."""

import re
from collections.abc import Iterable, Iterator, Mapping

from dhis2cfg.model.findings import Finding
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Document
from dhis2cfg.validate.pages import Page

FORMS: Mapping[str, str] = {
    "dhis2": r"\bd2p(?:at)?_(?!dhis2cfgSandbox)[A-Za-z0-9]{30,}",
    "github": r"\bgh[pousr]_[A-Za-z0-9]{36}",
    "aws": r"\bAKIA[0-9A-Z]{16}\b",
    "key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "header": r"\b(?:Basic|Bearer) +(?=[A-Za-z+/_.-]*[0-9=])[A-Za-z0-9+/=_.-]{16,}",
    "url": r"\b[a-z][a-z0-9+.-]*://[^\s/:@'\"<>{}$]+:[^\s/:@'\"<>{}$]+@",
}
"""What a secret looks like, by kind; the sandbox's token is everybody's."""
WORDS: Mapping[str, str] = {
    "dhis2": "a token of DHIS2",
    "github": "a token of GitHub",
    "aws": "a key of AWS",
    "key": "a private key",
    "header": "the value of an Authorization header",
    "url": "a user name and a password in an address",
}
_SECRET = re.compile("|".join(f"(?P<{kind}>{form})" for kind, form in FORMS.items()))
_SAID_BY_OTHERS = frozenset({"bare-secret", "secret-setting", "server-url"})

PAGE = Page(
    rule="leaked-secret",
    what="A token, a private key or a password stands in a file, be it in a text or in a comment.",
    why=(
        "Everybody who reads the repository reads it, for ever: its history keeps what is taken out. What is "
        "not a value of DHIS2 does not belong here; credentials come from variables or the credentials file."
    ),
    wrong="""
# the token of the pipeline: d2pat_abcdefghijklmnopqrstuvwxyzABCDEF0123456789
dataElements:
  NO_FEBER: {name: Feber, valueType: NUMBER}
""",
    right="""
# the token of the pipeline is its variable DHIS2CFG_TOKEN__OSLO_EXAMPLE_ORG
dataElements:
  NO_FEBER: {name: Feber, valueType: NUMBER}
""",
)


def leaks(documents: Mapping[str, Document], told: Iterable[Finding]) -> Iterator[Finding]:
    """A finding for each secret in the texts of files, but where another rule said so of the same value."""
    known = [each.place for each in told if each.rule in _SAID_BY_OTHERS]
    for file, document in sorted(documents.items()):
        for match in _SECRET.finditer(document.text):
            before = document.text[: match.start()]
            line = before.count("\n") + 1
            place = Place(
                file=file,
                line=line,
                column=match.start() - before.rfind("\n"),
                length=len(match[0].partition("\n")[0]),
            )
            if not any(_overlap(place, each) for each in known):
                yield PAGE.finding(
                    f"{WORDS[match.lastgroup or '']} stands in the file",
                    place,
                    label="everybody who reads the repository reads it",
                    following="take it out, and make it worthless: whoever has a copy of the files has it",
                )


def _overlap(one: Place, other: Place) -> bool:
    """Whether two places of one line have a character in common."""
    is_line = (one.file, one.line) == (other.file, other.line)
    return is_line and one.column < other.column + other.length and other.column < one.column + one.length
