"""Where the server's database language is not the packages' base language."""

import pytest

from dhis2cfg.model.names import Ref, Uid
from dhis2cfg.model.places import Place
from dhis2cfg.model.questions import Account, ServerFacts
from dhis2cfg.model.state import DesiredSetting, PackageUse, State
from dhis2cfg.plan.telling.languages import SETTING, language_notes


def a_state(*locales: str, setting: bool = False) -> State:
    """Packages of these base languages; `setting`: one of them sets the database language."""
    wanted = DesiredSetting(ref=SETTING, owner="p", place=Place(file="a.yaml"), value="no")
    return State(
        municipality="by",
        packages=tuple(
            PackageUse(name=f"p{number}", version="1.0.0", locale=locale, digest="")
            for number, locale in enumerate(locales)
        ),
        objects={},
        settings={Ref("systemSettings", "keyDbLocale"): wanted} if setting else {},
    )


def facts(database: str, *offered: str) -> ServerFacts:
    """A server whose database language is this, and that offers these."""
    account = Account(uid=Uid("RobotUser01"), username="robot", authorities=frozenset({"ALL"}))
    return ServerFacts(
        version="2.42.5", revision="", time="", locales=offered, database_locale=database, account=account
    )


@pytest.mark.parametrize(
    ("state", "server", "named"),
    [
        (a_state("nb"), facts("en", "no", "en"), ["no"]),
        (a_state("nb"), facts("en", "en"), ["nb"]),
        (a_state("nb"), facts("no", "no", "en"), []),
        (a_state("nb"), facts("nb", "en"), []),
        (a_state("nb"), facts(""), []),
        (a_state("nb", "nb", "fr"), facts("en", "no", "fr"), ["no", "fr"]),
        (a_state("nb", setting=True), facts("en", "no"), []),
        (a_state(""), facts("en"), []),
    ],
)
def test_the_setting_is_named(state: State, server: ServerFacts, named: list[str]) -> None:
    """With the word that this server has for the language; once a language, and not where it is set."""
    notes = list(language_notes(state, server))
    assert [note.partition("keyDbLocale: ")[2].partition(" ")[0] for note in notes] == named


def test_the_sentence() -> None:
    """What users see, and what changes it."""
    (note,) = language_notes(a_state("nb"), facts("en", "no"))
    assert note == (
        'database language is "en", the base language is nb: who chose no language sees the "en" texts; '
        "keyDbLocale: no under systemSettings changes it"
    )
