"""Tokens, keys and passwords in the texts of files."""

import pytest

from dhis2cfg.model.findings import Finding
from dhis2cfg.model.places import Place
from dhis2cfg.model.tree import Document
from dhis2cfg.validate.leaks import PAGE, leaks

TOKEN = "d2pat_" + "a1B2" * 10


def found(text: str, told: tuple[Finding, ...] = ()) -> list[tuple[str, int, int, int]]:
    """What is said of a file: message, line, column and length."""
    documents = {"a.yaml": Document(file="a.yaml", root=None, text=text)}
    return [
        (each.message, each.place.line, each.place.column, each.place.length)
        for each in leaks(documents, told)
    ]


@pytest.mark.parametrize(
    ("secret", "kind"),
    [
        (TOKEN, "a token of DHIS2"),
        (f"d2p_{'x' * 40}", "a token of DHIS2"),
        (f"ghp_{'a1' * 18}", "a token of GitHub"),
        ("AKIA0123456789ABCDEF", "a key of AWS"),
        ("-----BEGIN RSA PRIVATE KEY-----", "a private key"),
        ("Basic YWRtaW46ZGlzdHJpY3Q=", "the value of an Authorization header"),
        ("https://admin:district@", "a user name and a password in an address"),
    ],
)
def test_secrets_are_known_by_their_form(secret: str, kind: str) -> None:
    """In a text or in a comment, with line, column and length."""
    assert found(f"a: 1\nb: x # {secret}") == [(f"{kind} stands in the file", 2, 8, len(secret))]


@pytest.mark.parametrize(
    "text",
    [
        "token: d2p_dhis2cfgSandboxPublicTokenOfNobodysServer",
        "description: Basic institutionalization of routines",
        "url: https://oslo.example.org:8080/dhis",
        "url: https://USER:PASSWORD_OF_${IT}@x",
        "uid: d2p_short",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    """The sandbox's token, words, ports, placeholders."""
    assert found(text) == []


def test_what_another_rule_said_of_the_value_is_not_said_again() -> None:
    """One mistake is one finding."""
    place = Place(file="a.yaml", line=1, column=1, length=1)
    told = Finding(rule="bare-secret", message="x", place=place, following="y")
    assert found(TOKEN, (told,)) == []
    assert len(found(f"\n{TOKEN}", (told,))) == len(found(f"- {TOKEN}", (told,))) == 1
    assert PAGE.rule == "leaked-secret"
