"""The server's clock, in UTC."""

from datetime import UTC, datetime
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
