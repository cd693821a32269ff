"""Accounts: roles, passwords, names."""

import re
from collections.abc import Iterator

from dhis2cfg.sandbox.checks.bundle import Bundle, Item, Part
from dhis2cfg.sandbox.checks.problem import Found, Problem
from dhis2cfg.sandbox.rights.people import by_username


def check_users(bundle: Bundle, part: Part) -> Found:
    """A role at least; names of new users and of old ones (E4049, E4054, E4055, E4056)."""
    for item in part.items:
        problems = list(_names(bundle, part, item))
        if not item.body.get("userRoles"):
            message = "User needs to have at least one user role associated with it"
            problems.append(_named(part, item, "E4055", message))
        if problems:
            yield item, problems


def _names(bundle: Bundle, part: Part, item: Item) -> Iterator[Problem]:
    name, strategy = str(item.body.get("username") or ""), bundle.parameters.strategy
    if strategy == "CREATE" and not _NAME.fullmatch(name):
        message = f"Property `username` requires a valid username, was given `{name}`"
        yield _named(part, item, "E4049", message)
    if strategy == "CREATE" and by_username(bundle.session, name) is not None:
        yield _named(part, item, "E4054", f"Property `username` already exists, was given `{name}`.")
    if strategy == "UPDATE" and item.before is not None and name and name != item.before.get("username"):
        yield _named(part, item, "E4056", f"Property `username` can not be changed, was given `{name}`.")


def _named(part: Part, item: Item, code: str, message: str) -> Problem:
    return Problem(
        code=code,
        message=message,
        klass=part.kind.klass,
        properties=("username", item.body.get("username")),
        more={"errorProperty": "username"},
    )


def check_passwords(_bundle: Bundle, part: Part) -> Found:
    """A good password where one is sent (E4005)."""
    if part.type_name != "users":
        return
    for item in part.items:
        problem = _weak(item)
        if problem:
            message = f"Property `password` requires a valid password, `{problem}`"
            more = {"errorKlass": "java.lang.String", "errorProperty": "password"}
            yield (
                item,
                [
                    Problem(
                        code="E4005",
                        message=message,
                        klass=part.kind.klass,
                        properties=("password", problem),
                        more=more,
                    )
                ],
            )


_NAME = re.compile(r"(?=.{4,255}$)[a-zA-Z0-9](?:[._@-]?[a-zA-Z0-9])*")
_RULES = (
    (r"\d", "Password must have at least one digit"),
    (r"[A-Z]", "Password must have at least one upper case"),
    (r"[^A-Za-z0-9]", "Password must have at least one special character"),
)


def _weak(item: Item) -> str:
    password = item.body.get("password")
    if not password or str(password).startswith("$2a$"):
        return ""
    if not 8 <= len(password) <= 72:  # noqa: PLR2004 -- the two numbers stand in the message below
        return "Password must have at least 8, and at most 72 characters"
    return next((message for pattern, message in _RULES if not re.search(pattern, password)), "")
