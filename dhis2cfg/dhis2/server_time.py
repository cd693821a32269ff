"""The server's clock: what it said once, and our own clock since."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dhis2cfg.dhis2.session import Session
from dhis2cfg.errors import Unreachable


def server_now(session: Session) -> datetime:
    """What the server's clock shows now; DHIS2 tells its own zone's time and the zone beside it."""
    info: Any = session.get("/api/system/info")
    try:
        told = datetime.fromisoformat(str(info["serverDate"]))
    except (TypeError, KeyError, ValueError) as error:
        raise Unreachable(f"{session.name} does not tell the time ({session.url}/api/system/info)") from error
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=_zone(info)).astimezone(UTC)


def _zone(info: dict[str, Any]) -> Any:
    """The server's zone; UTC where this machine does not know it, which shifts all it says alike."""
    try:
        return ZoneInfo(str(info.get("serverTimeZoneId") or "UTC"))
    except (KeyError, ValueError, OSError):
        return UTC


class ServerClock:
    """The server's time, asked for once and carried on by our own clock."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._told: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """The server's time by the last answer."""
        if self._told is None:
            return self.ask()
        told, at = self._told
        return told + timedelta(seconds=self._session.clock.seconds() - at)

    def ask(self) -> datetime:
        """The server's time, asked for anew."""
        told = server_now(self._session)
        self._told = (told, self._session.clock.seconds())
        return told
