"""A text is taken apart without loss, and escapes mean what DHIS2 makes of them."""

from hypothesis import given
from hypothesis import strategies as st

from dhis2cfg.expressions.strings import unquote
from dhis2cfg.expressions.tokens import TokenKind, tokenise


@given(text=st.text())
def test_the_tokens_are_the_text(text: str) -> None:
    """Joined, the tokens give the text back; each begins where the last one ended."""
    tokens = tokenise(text).all
    assert "".join(token.text for token in tokens) == text
    assert [token.start for token in tokens] == [0, *(token.end for token in tokens)][: len(tokens)]


def test_each_kind_of_token() -> None:
    """Items, words, numbers, signs, texts and comments are told apart."""
    text = "#{a b}+1.5e3 /* c */ PS_EVENTDATE: S&&d2:x('y')¤"
    kinds = [(token.text, token.kind) for token in tokenise(text).significant]
    assert kinds == [
        ("#{a b}", TokenKind.ITEM),
        ("+", TokenKind.SIGN),
        ("1.5e3", TokenKind.NUMBER),
        ("PS_EVENTDATE: S", TokenKind.EVENT_DATE),
        ("&&", TokenKind.SIGN),
        ("d2:x", TokenKind.WORD),
        ("(", TokenKind.SIGN),
        ("'y'", TokenKind.STRING),
        (")", TokenKind.SIGN),
        ("¤", TokenKind.OTHER),
    ]


def test_escapes_of_a_quoted_text() -> None:
    """Signs, octal and hexadecimal codes are read; an unknown escape is the character itself."""
    quoted = unquote(r"'a\n\u0041\101\d\\'", 10)
    assert quoted.text == "a\nAAd\\"
    assert quoted.places == (11, 12, 14, 20, 24, 26, 28)


def test_an_unclosed_text_says_all_it_holds() -> None:
    """Where the quote is missing, the rest is the text, a backslash at its end included."""
    assert unquote("'ab\\", 0).text == "ab\\"
    assert unquote("'", 0).text == ""
