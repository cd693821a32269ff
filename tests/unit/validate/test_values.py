"""Values are read as what they mean: texts, keys, lengths."""

from dhis2cfg.model.names import Foreign, Ref, ServerDefault, Uid, Username
from dhis2cfg.validate import values
from dhis2cfg.validate.wording import listed, nearest, versions
from tests.unit.validate.states import fields, formula, text

UID = Uid("uYjxkTbwRNf")


def test_references_as_keys() -> None:
    """Each kind of reference has a spelling inside expressions."""
    parts = (Ref("programStages", "P/S"), Foreign("dataElements", UID), ServerDefault("categoryCombos"))
    assert values.as_text(formula("#{", parts[0], ".", parts[1], "} ", parts[2])) == (
        "#{S.id:uYjxkTbwRNf} default"
    )
    assert values.as_key(Username("kari")) == "kari"


def test_base_texts() -> None:
    """The base text of a formula is its text with keys; what is no text has none."""
    read = fields({"a": text("A", en="B"), "b": formula("x", Ref("constants", "K")), "c": 1}, 1)
    assert [values.text_of(read, name) for name in "abcd"] == ["A", "xK", None, None]
    assert values.texts_of(text(None, en="B")) == ("B",)


def test_foreign_texts() -> None:
    """Foreign objects inside translated texts are found."""
    foreign = Foreign("dataElements", UID)
    assert list(values.foreign_in(text("A"))) == []
    assert list(values.foreign_in(formula("#{", foreign, "}"))) == [foreign]


def test_sentences() -> None:
    """Versions are named only where they differ; long lists end with a count; near words are found."""
    assert versions(["2.43"], ["2.43"]) == ""
    assert versions(["2.43"], ["2.42", "2.43"]) == " in DHIS2 2.43"
    assert listed(("a", "b", "c"), shown=2) == "a, b and 1 more"
    assert nearest("female", ["FEMALE", "MALE"]) == "FEMALE"
    assert nearest("x", ["FEMALE"]) is None
