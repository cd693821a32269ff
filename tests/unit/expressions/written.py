"""Expressions as people write them, for laws."""

from hypothesis import strategies as st

_BLANKS = st.sampled_from(["", " ", "  ", "\n", "\t", " /* c */ "])
_LEAVES = st.sampled_from(
    [
        "1",
        "2.5",
        "1e3",
        "'text'",
        '"it\'s"',
        "true",
        "null",
        "#{a}",
        "A{b}",
        "V{event_date}",
        "C{c}",
        "[days]",
        "d2:daysBetween(PS_EVENTDATE:S,V{x})",
        "orgUnit.group(A, id:B)",
    ]
)
# rules read `>!` as one sign, so a blank follows here
_OPERATORS = st.sampled_from(
    ["+", "-", "*", "/", "%", "^", "< ", "> ", "<=", ">=", "==", "!=", "&&", "||", " and ", " or "]
)


def _longer(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions made of others."""
    return st.one_of(
        st.builds(lambda a, x, o, y, b: f"{a}{x}{o}{y}{b}", inner, _BLANKS, _OPERATORS, _BLANKS, inner),
        st.builds(lambda x, a, y: f"({x}{a}{y})", _BLANKS, inner, _BLANKS),
        st.builds(lambda sign, a: f"{sign}({a})", st.sampled_from(["-", "+", "!", "not "]), inner),
        st.builds(lambda a, x, b: f"if({a},{x}{b},1)", inner, _BLANKS, inner),
        st.builds(lambda a, x, b: f"is({a} in {x}{b})", inner, _BLANKS, inner),
        st.builds(lambda a: f"({a}).periodOffset( -1 )", inner),
    )


def expressions() -> st.SearchStrategy[str]:
    """Texts that both languages can read, blanks and comments included."""
    return st.recursive(_LEAVES, _longer, max_leaves=8)
