"""Secrets that packages name (`!secret NAME`), from variables or the user's own file, for one server."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dhis2cfg.dhis2.credentials.finding import PREFIX
from dhis2cfg.dhis2.credentials.origins import is_loopback, name_of
from dhis2cfg.dhis2.credentials.user_file import read_secret
from dhis2cfg.model.fleet import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSecrets:
    """Where the secrets of one origin are looked for, when they are needed; `used` is told each of them.

    `DHIS2CFG_SECRET__NAME__HOST[_PORT]`, for this server alone, comes first; then `secret_NAME` or
    `secret_NAME_command` in the origin's section of the user's file; then `DHIS2CFG_SECRET__NAME`, for every
    server. Variables serve https and this machine, as credentials do.
    """

    origin: Origin
    environ: Mapping[str, str] = field(repr=False)
    file: Path | None = None
    used: Callable[[Iterable[str]], None] = field(default=lambda _: None, repr=False)

    def value(self, name: str) -> str | None:
        """The secret, None where nobody gave us any."""
        variable = f"{PREFIX}_SECRET__{name}"
        may_use_names = self.origin.scheme == "https" or is_loopback(self.origin)
        found = self.environ.get(f"{variable}__{name_of(self.origin)}") if may_use_names else None
        if not found and self.file is not None:
            found = read_secret(self.file, self.origin, name)
        if not found and may_use_names:
            found = self.environ.get(variable)
        if not found:
            return None
        self.used((found,))
        return found
