"""Where the server's database language is not that of the packages: who chose none sees other texts."""

from collections.abc import Iterator

from dhis2cfg.catalogue import quirks
from dhis2cfg.catalogue.settings.keys import SYSTEM_SETTINGS
from dhis2cfg.model.names import Ref
from dhis2cfg.model.questions import ServerFacts
from dhis2cfg.model.state import State

SETTING = Ref(SYSTEM_SETTINGS, "keyDbLocale")


def language_notes(state: State, facts: ServerFacts) -> Iterator[str]:
    """A sentence for each base language that is not the server's, with the setting that decides it.

    A package that sets the language itself shows it among the changes.
    """
    shown = facts.database_locale
    if not shown or SETTING in state.settings:
        return
    for locale in dict.fromkeys(package.locale for package in state.packages):
        ours = quirks.database_locales(locale, facts.locales)
        if locale and shown not in (locale, *ours):
            yield (
                f'database language is "{shown}", the base language is {locale}: who chose no language sees '
                f'the "{shown}" texts; keyDbLocale: {ours[0]} under systemSettings changes it'
            )
