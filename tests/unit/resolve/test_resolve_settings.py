"""Settings and entries of a package as desired values."""

from pathlib import Path

from dhis2cfg.model.names import Ref
from tests.unit.resolve.building import a_package


def test_values_as_their_keys_take_them(tmp_path: Path) -> None:
    """A text stays as written; an entry is JSON, in which a text may be passed on untouched."""
    package, findings = a_package(
        tmp_path,
        """
        systemSettings: {keyFlag: 0301, keyAnalyticsMaxLimit: 5, keyRequireAddToView: false}
        dataStore: {space: {a: [1, 1.5, true, ~, x, !raw "#{x}"], b: {}}, space/c: 0}
        """,
    )
    assert findings == []
    assert {str(ref): each.value for ref, each in package.settings.items()} == {
        "systemSettings/keyFlag": "0301",
        "systemSettings/keyAnalyticsMaxLimit": 5,
        "systemSettings/keyRequireAddToView": False,
        "dataStore/space/a": [1, 1.5, True, None, "x", "#{x}"],
        "dataStore/space/b": {},
        "dataStore/space/c": 0,
    }


def test_texts_by_locale(tmp_path: Path) -> None:
    """The base text is the value; a locale with nothing behind it has no text."""
    package, findings = a_package(
        tmp_path,
        "systemSettings: {applicationTitle: {nb: Tittel, en: Title, se: ~}, loginPopup: Hei}",
        manifest="name: p\nversion: 1.0.0\ndhis2: '>=2.41,<2.44'\nlocale: nb\nlocales: {inline: [en, se]}\n",
    )
    assert findings == []
    title = package.settings[Ref("systemSettings", "applicationTitle")]
    assert (title.value, dict(title.texts)) == ("Tittel", {"en": "Title"})
    assert package.settings[Ref("systemSettings", "loginPopup")].value == "Hei"


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """A tag before one language, a name that stands for nothing."""
    package, findings = a_package(
        tmp_path,
        "systemSettings: {applicationTitle: {nb: !raw x}, keyFlag: !var nobody, keyCustomCss: ~}",
    )
    assert [each.message for each in findings] == [
        "applicationTitle is one value",
        "nothing is called nobody here",
    ]
    assert {str(ref): each.value for ref, each in package.settings.items()} == {
        "systemSettings/keyCustomCss": None
    }
