"""Passwords and keys among the settings and in the data store."""

import re
from collections.abc import Iterator
from typing import Any

from dhis2cfg.catalogue.settings.keys import SETTINGS, SYSTEM_SETTINGS
from dhis2cfg.model.findings import Finding, Severity
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page

PAGE = Page(
    rule="secret-setting",
    what="A setting is a password or the key of an account, or an entry of the data store holds one.",
    why=(
        "It would stand in the repository, in plans and in the record. DHIS2 tells most settings to every "
        "account, and entries of the data store too. Such settings are set by hand, on the server."
    ),
    wrong="""
systemSettings:
  keyEmailPassword: hemmelig
""",
    right="""
systemSettings:
  keyEmailHostName: smtp.example.org
""",
)
SUSPICIOUS = re.compile(r"passwo?r?d|secret|token|api_?key", re.IGNORECASE)
NO_SECRETS = frozenset({"maxPasswordLength", "minPasswordLength"})


def check(context: RuleContext) -> Iterator[Finding]:
    """A finding for each; in the data store, where only the name of a key tells, a warning."""
    for ref, each in context.state.settings.items():
        if ref.type == SYSTEM_SETTINGS:
            known = SETTINGS.get(ref.path)
            looks = SUSPICIOUS.search(ref.path) is not None and ref.path not in NO_SECRETS
            if known.secret if known else looks:
                yield PAGE.finding(
                    f"{ref.path} holds a secret",
                    each.place,
                    label="it would stand in files and plans",
                    following="set it by hand on the server, and leave it out here",
                )
        else:
            for name in sorted(set(_suspicious(each.value))):
                yield PAGE.finding(
                    f"{name} in {ref} looks like a secret",
                    each.place,
                    severity=Severity.WARNING,
                    label="everybody who signs in can read the data store",
                    following="take it out; secrets stand in routes, exchanges and event hooks: !secret NAME",
                )


def _suspicious(value: Any) -> Iterator[str]:
    """Names of keys, at any depth, behind which a text stands that is called a secret."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if isinstance(inner, str) and inner and SUSPICIOUS.search(name):
                yield name
            yield from _suspicious(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _suspicious(inner)
