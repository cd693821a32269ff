"""Texts that stand under the other name that DHIS2 has for their language."""

from dhis2cfg.wire.echoes import echoes


def test_a_text_under_the_languages_other_name_is_an_echo() -> None:
    """Word for word, and only where it does not stand under its own name."""
    desired = {"name": "A", "translations[NAME,no]": "Navn", "translations[NAME,fr]": "Nom"}
    assert echoes(desired, {"translations[NAME,nb]": "Navn"}) == {"translations[NAME,no]"}
    assert echoes(desired, {"translations[NAME,nb]": "Andre"}) == frozenset()
    assert echoes(desired, {"translations[NAME,no]": "Navn", "translations[NAME,nb]": "Navn"}) == frozenset()
