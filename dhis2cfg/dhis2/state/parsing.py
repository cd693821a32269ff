"""Values of keys, read with care: what is newer than we are, or not ours, is refused by name."""

from typing import Any, TypeVar

from dhis2cfg import __version__
from dhis2cfg.errors import Dhis2cfgError, Unsafe
from dhis2cfg.model.record import FORMAT
from dhis2cfg.wire.codec import DoesNotFit, from_json

T = TypeVar("T")


def parsed(wanted: type[T], value: Any, key: str, server: str) -> T:
    """The value of a key; a newer format is refused with what to install, any other by name."""
    given = value if isinstance(value, dict) else {}
    form = given.get("format", FORMAT)
    tool = given.get("tool") or "a newer dhis2cfg"
    if isinstance(form, int) and form > FORMAT:
        raise Unsafe(
            f"{key} on {server} was written by {tool}, in format {form}",
            details=(f"this is dhis2cfg {__version__}, which reads format {FORMAT}",),
            following=(f"install {tool} or newer",),
        )
    if form != FORMAT:
        raise _unreadable(key, server, f"format: {form!r} was never written")
    try:
        return from_json(wanted, value)
    except DoesNotFit as error:
        raise _unreadable(key, server, str(error)) from error


def _unreadable(key: str, server: str, why: str) -> Dhis2cfgError:
    return Dhis2cfgError(
        f"{key} on {server} is not one that dhis2cfg wrote: {why}",
        details=("nothing was written, because what it says of the last apply cannot be relied on",),
        following=("dhis2cfg doctor tells who can write the key; see who saved it last",),
    )
