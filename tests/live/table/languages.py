"""What users of each database language read, on each version: a table of twelve (facts §17.7)."""

from dhis2cfg.errors import Exit
from tests.live.package import both
from tests.live.server import basic
from tests.live.stage import Stage
from tests.live.table.hands import PASSWORD, a_person

NORWEGIAN, ENGLISH = "Dato", "Date"
LANGUAGES = ("no", "nb", "en", "")

SEEN = {
    ("2.41", "no"): NORWEGIAN,
    ("2.41", "nb"): NORWEGIAN,
    ("2.41", "en"): ENGLISH,
    ("2.41", ""): NORWEGIAN,
    ("2.42", "no"): NORWEGIAN,
    ("2.42", "nb"): NORWEGIAN,
    ("2.42", "en"): ENGLISH,
    ("2.42", ""): ENGLISH,
    ("2.43", "no"): NORWEGIAN,
    ("2.43", "nb"): NORWEGIAN,
    ("2.43", "en"): ENGLISH,
    ("2.43", ""): ENGLISH,
}
"""(version, database language that a user has chosen; empty: none) → what stands before him.

`nb` reads the base text, for the translation stands under `no`, which is what these servers offer. Who chose
nothing reads the server's own language: English on 2.42 and 2.43 (`keyDbLocale`), none, so the base, on 2.41.
"""


def what_users_read(stage: Stage) -> None:
    """One person for each language; and doctor names the setting where the Norwegian text cannot come."""
    stage.package["dataElements"][f"{stage.p}DATO"]["name"] = both(
        f"{stage.p}{NORWEGIAN}", f"{stage.p}{ENGLISH}"
    )
    stage.applied()
    minor = ".".join(stage.server.version.split("-")[0].split(".")[:2])
    uid = stage.uid("dataElements", f"{stage.p}DATO")
    seen = {(minor, language): displayed(stage, uid, language) for language in LANGUAGES}
    assert seen == {key: f"{stage.p}{text}" for key, text in SEEN.items() if key[0] == minor}
    doctor = stage.run("doctor")
    assert doctor.code == Exit.FINE, doctor.said
    warned = 'database language is "en", the package\'s base language is nb' in " ".join(doctor.out.split())
    assert warned is (SEEN[minor, ""] == ENGLISH), doctor.said


def displayed(stage: Stage, uid: str, language: str) -> str:
    """What a person of a database language reads as the name of an element."""
    name = f"leser{language or 'ingen'}"
    a_person(stage, name, "ALL")
    signed = basic(f"{stage.p}{name}".lower(), PASSWORD)
    if language:
        path = f"/api/userSettings/keyDbLocale?value={language}"
        assert stage.server.ask("POST", path, authorization=signed).status < 300
    told = stage.server.ask("GET", f"/api/dataElements/{uid}?fields=displayName", authorization=signed)
    return str(stage.server.read(told)["displayName"])
