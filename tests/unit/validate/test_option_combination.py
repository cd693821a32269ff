"""option-combination: combinations of options that no category combination has."""

from dhis2cfg.model.names import Combination, Foreign, Ref, Uid
from dhis2cfg.validate.rules.option_combination import check
from tests.unit.validate.states import at, formula, found, thing

WOMAN, MAN, U10 = (Ref("categoryOptions", key) for key in ("WOMAN", "MAN", "U10"))
SEX, AGE = Ref("categories", "SEX"), Ref("categories", "AGE")
COMBO, ALONE = Ref("categoryCombos", "SEX_AGE"), Ref("categoryCombos", "SEX")
ELEMENT, PLAIN, AWAY = (Ref("dataElements", key) for key in ("D", "PLAIN", "AWAY"))
WORLD = (
    *(thing(str(each)) for each in (WOMAN, MAN, U10, PLAIN)),
    thing(str(SEX), categoryOptions=(WOMAN, MAN)),
    thing(str(AGE), categoryOptions=(U10,)),
    thing(str(COMBO), categories=(SEX, AGE)),
    thing(str(ELEMENT), categoryCombo=COMBO),
    thing("dataElements/OUT", categoryCombo=Foreign("categoryCombos", Uid("ccccccccccc"))),
)


def said(*options: Ref | Foreign, element: Ref | Foreign | None = ELEMENT) -> list[tuple[str, str | None]]:
    """Message and way out for one combination in an indicator."""
    meant = Combination(options=options, element=element, place=at(7))
    indicator = thing("indicators/I", numerator=formula("#{x.", meant, "}"))
    return [(each.message, each.following) for each in found(check, *WORLD, indicator)]


def test_one_option_of_each_category() -> None:
    """In any order; also where a data set gives another element the combination."""
    assert said(U10, WOMAN) == []
    assert said(WOMAN, U10, element=PLAIN) == []
    assert said(WOMAN, U10, element=None) == []


def test_two_of_one_category() -> None:
    """What would be wanted is told."""
    wanted = "SEX_AGE wants one option of each: SEX (WOMAN, MAN), AGE (U10)"
    assert said(WOMAN, MAN) == [("data element D has no option combination (WOMAN,MAN)", wanted)]
    assert said(WOMAN) == [("data element D has no option combination (WOMAN)", wanted)]


def test_an_element_without_categories() -> None:
    """It has only the default."""
    assert said(WOMAN, element=PLAIN) == [
        (
            "data element PLAIN has no option combination (WOMAN)",
            "write one option of each category of the element's category combination",
        )
    ]


def test_where_no_element_says_whose() -> None:
    """None or several category combinations may have it."""
    assert said(WOMAN, element=None)[0][0] == "(WOMAN) is no option combination"
    twice = thing("categoryCombos/TWICE", categories=(AGE, SEX))
    meant = Combination(options=(U10, WOMAN), place=at(7))
    indicator = thing("indicators/I", numerator=formula("#{x.", meant, "}"))
    (finding,) = found(check, *WORLD, twice, indicator)
    assert finding.message == "(U10,WOMAN) is several option combinations"
    assert finding.following == "they fit: SEX_AGE, TWICE"


def test_what_stands_elsewhere_is_not_judged() -> None:
    """Elements, options and category combinations of the server, or of packages that are not here."""
    away = Foreign("categoryOptions", Uid("ooooooooooo"))
    for options, element in (
        ((WOMAN, away), ELEMENT),
        ((WOMAN,), AWAY),
        ((WOMAN,), Foreign("dataElements", Uid("eeeeeeeeeee"))),
        ((WOMAN,), Ref("dataElements", "OUT")),
    ):
        assert said(*options, element=element) == []
