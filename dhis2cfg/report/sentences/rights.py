"""Access strings and authorities in the words of somebody who registers or leads."""

from typing import Any

from dhis2cfg.report.sentences.spans import Phrase, coded, say

RIGHTS = ((0, "r", "see it"), (1, "w", "change it"), (2, "r", "see what is registered"), (3, "w", "register"))
"""Which sign of an access string gives which right."""
APP = "M_"
AUTHORITIES = {
    "ALL": "do everything",
    "F_APPROVE_DATA": "approve data",
    "F_DATAVALUE_ADD": "enter data values",
    "F_DATAVALUE_DELETE": "delete data values",
    "F_EDIT_EXPIRED": "edit what has expired",
    "F_ENROLLMENT_CASCADE_DELETE": "delete enrolments with all that is registered in them",
    "F_EXPORT_DATA": "export data",
    "F_IGNORE_TRACKER_REQUIRED_VALUE_VALIDATION": "leave compulsory values out",
    "F_IMPORT_DATA": "import data",
    "F_METADATA_EXPORT": "export the configuration",
    "F_METADATA_IMPORT": "import configuration",
    "F_MOBILE_SENDSMS": "send text messages",
    "F_PERFORM_ANALYTICS_EXPLAIN": "see how analytics work",
    "F_PERFORM_MAINTENANCE": "maintain the server",
    "F_SEND_EMAIL": "send e-mail",
    "F_SYSTEM_SETTING": "change settings of the server",
    "F_TEI_CASCADE_DELETE": "delete persons with all that is registered of them",
    "F_TRACKED_ENTITY_INSTANCE_SEARCH_IN_ALL_ORGUNITS": "search for persons everywhere",
    "F_TRACKED_ENTITY_MERGE": "merge two persons into one",
    "F_UNCOMPLETE_EVENT": "open completed events again",
    "F_USER_ADD": "add users",
    "F_USER_DELETE": "delete users",
    "F_USER_VIEW": "see users",
    "F_VIEW_EVENT_ANALYTICS": "see analytics of events",
    "F_VIEW_UNAPPROVED_DATA": "see data that are not approved",
}
"""What authorities let somebody do; the others are told by their names."""


def authority(name: str) -> Phrase:
    """What an authority lets somebody do, its name behind it."""
    if name.startswith(APP):
        app = name.removeprefix(APP).removeprefix("dhis-web-").replace("-", " ").replace("_", " ")
        return say("open the app ", app, " (", coded(name), ")")
    told = AUTHORITIES.get(name)
    return say(f"{told} (", coded(name), ")") if told else say("use ", coded(name))


def rights(access: Any) -> tuple[str, ...]:
    """The rights that an access string gives, in words."""
    text = access if isinstance(access, str) else ""
    return tuple(word for at, sign, word in RIGHTS if text[at : at + 1] == sign)


def rights_changed(before: Any, after: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rights that come, and those that go."""
    last, now = rights(before), rights(after)
    return tuple(each for each in now if each not in last), tuple(each for each in last if each not in now)


def in_words(access: Any) -> str:
    """All rights of an access string on one line."""
    return ", ".join(rights(access)) or "nothing"
