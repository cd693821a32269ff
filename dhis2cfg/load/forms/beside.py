"""The forms of what stands in a package beside types: `systemSettings` and `dataStore`."""

from dhis2cfg.catalogue.settings.keys import DATA_STORE, SETTINGS, SYSTEM_SETTINGS
from dhis2cfg.load.forms.form import ANYTHING, LOCALIZED, Form, Leaf, Record, Role, Table

_SETTINGS = {
    name: LOCALIZED if each.translatable else Leaf(shape=each.shape) for name, each in SETTINGS.items()
}
_FORMS: dict[str, Form] = {
    SYSTEM_SETTINGS: Record(what="the system settings", fields=_SETTINGS, other=ANYTHING),
    DATA_STORE: Table(value=ANYTHING),
}


def form(key: str, role: Role) -> Form | None:
    """What stands behind `systemSettings` or `dataStore`, None where the key is neither, or they cannot be.

    In a package: KEY → value, by the key's type; NAMESPACE → KEY → any JSON, or NAMESPACE/KEY → any JSON. As
    a patch: one value, of `systemSettings/KEY` or `dataStore/NAMESPACE/KEY`.
    """
    name, _, path = key.partition("/")
    if role is Role.PATCHES and name in _FORMS:
        return _SETTINGS.get(path, ANYTHING) if name == SYSTEM_SETTINGS else ANYTHING
    return _FORMS.get(key) if role is Role.OBJECTS else None
