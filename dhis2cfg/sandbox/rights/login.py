"""Who calls: Basic, session cookie or token; else 302, 401 or 400 (facts §8, §16, §17.10)."""

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from dhis2cfg.sandbox.rights.people import by_username
from dhis2cfg.sandbox.store.instance import Instance
from dhis2cfg.sandbox.store.session import Body, Session

_COOKIE = re.compile(r"JSESSIONID=([^;\s]+)")
_TOKEN = re.compile(r"d2p_[0-9a-f]{44}")
"""The form of the tokens that this server makes; all else fails DHIS2's checksum."""

_ROUNDS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """The account, and a new cookie where a session was opened."""

    user: Body
    cookie: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoLogin:
    """Why nobody is signed in: `status` 302, 400 or 401."""

    status: int
    message: str = "Unauthorized"


def hash_password(password: str) -> str:
    """What is stored of a password."""
    salt = secrets.token_hex(8)
    return f"{salt}${_derive(salt, password)}"


def _derive(salt: str, password: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), _ROUNDS).hex()


def hash_token(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(instance: Instance, session: Session, headers: Mapping[str, str]) -> Login | NoLogin:
    """The account behind a request's headers."""
    authorization = headers.get("authorization", "")
    scheme, _, credentials = authorization.partition(" ")
    if scheme.lower() == "basic":
        return _basic(instance, session, credentials.strip())
    if scheme.lower() == "apitoken":
        return _token(session, credentials.strip())
    found = _COOKIE.search(headers.get("cookie", ""))
    user = session.get("users", instance.logins.get(found[1], "")) if found else None
    if user is not None and not user.get("disabled"):
        return Login(user=user)
    is_script = headers.get("x-requested-with", "").lower() == "xmlhttprequest"
    return NoLogin(status=401 if is_script else 302)


def _basic(instance: Instance, session: Session, credentials: str) -> Login | NoLogin:
    try:
        name, _, password = base64.b64decode(credentials).decode().partition(":")
    except ValueError:
        return NoLogin(status=401)
    user = by_username(session, name)
    if user is None or user.get("disabled") or not _is_right(instance, user, password):
        return NoLogin(status=401)
    cookie = secrets.token_hex(16).upper()
    instance.logins[cookie] = user["id"]
    return Login(user=user, cookie=cookie)


def _is_right(instance: Instance, user: Body, password: str) -> bool:
    stored = str(user.get("password") or "")
    seen = hash_token(password)
    if instance.known.get(stored) == seen:
        return True
    salt, _, wanted = stored.partition("$")
    if not wanted or not secrets.compare_digest(_derive(salt, password), wanted):
        return False
    instance.known[stored] = seen
    return True


def _token(session: Session, token: str) -> Login | NoLogin:
    wanted = hash_token(token)
    for stored in session.every("apiToken"):
        if stored.get("hash") == wanted:
            user = session.get("users", stored["createdBy"]["id"])
            if user is not None and not user.get("disabled"):
                return Login(user=user)
    if not _TOKEN.fullmatch(token):
        return NoLogin(status=400, message="Checksum validation failed")
    return NoLogin(status=401, message="The API token does not exists")
