"""Plain values as they are written."""

from dhis2cfg.model.tree import as_text


def test_plain_values_as_text() -> None:
    """Words of YAML in lower case, whole numbers without a point, nothing for null."""
    assert [as_text(each) for each in (None, True, 100, "a")] == ["", "true", "100", "a"]
