"""Sentences for what stands where a value or an operator was expected, with what was probably meant."""

from collections.abc import Mapping

from dhis2cfg.expressions.syntax.cursor import Cursor, Refused
from dhis2cfg.expressions.tokens import TokenKind

_OPERATORS: Mapping[str, str] = {
    "=": "== compares",
    "&": "&& means and",
    "|": "|| means or",
    "mod": "% gives the rest",
    "div": "/ divides",
    "xor": "write (a || b) && !(a && b)",
    "is": "write is(VALUE in A, B)",
    "in": "write is(VALUE in A, B)",
    "like": "write contains(TEXT, PART) or d2:contains(TEXT, PART)",
    ";": "an expression is one value; there is no ;",
}
_VALUES: Mapping[str, str] = {
    "~": "! means not",
    "=": "== compares",
    "[": "write [days], [periodInYear] or [yearlyPeriodCount], without blanks",
    "{": "write #{…}, A{…}, V{…} or C{…}",
    "}": "} closes nothing here",
    "#": "write #{…} without a blank",
    "?": "write if(CONDITION, A, B) or d2:condition('CONDITION', A, B)",
}
_MODIFIERS = ".aggregationType .maxDate .minDate .periodOffset .stageOffset .yearToDate"
_KEYWORDS = ("and", "false", "not", "null", "or", "true")


def expected_operator(cursor: Cursor) -> Refused:
    """The mistake where a value is complete and something else than an operator follows."""
    token = cursor.token
    text = token.text
    if text == ")":
        return cursor.refuse(") closes nothing", "take it away, or open it with (")
    if text == ",":
        return cursor.refuse(
            "a comma stands outside a function", "numbers are written with a point, arguments in parentheses"
        )
    if text == "=" and cursor.after.text in {"<", ">"}:
        return cursor.refuse(f"={cursor.after.text} is no operator", f"{cursor.after.text}= compares")
    if text in _OPERATORS or text.lower() in _OPERATORS:
        return cursor.refuse(f"{text} is no operator", _OPERATORS[text.lower()])
    if text.lower() in {"and", "or"}:
        return cursor.refuse(f"{text} is no operator", f"write it in small letters: {text.lower()}")
    if token.kind is TokenKind.OTHER and text.isspace():
        return cursor.refuse("a blank that DHIS2 does not know as one", "write a common blank")
    if text == "." and cursor.after.kind is TokenKind.WORD and cursor.after.start == token.end:
        return cursor.refuse(
            f".{cursor.after.text} is no modifier", f"there are {_MODIFIERS}", end=cursor.after.end
        )
    if text == ".":
        return cursor.refuse(
            "a modifier was expected after the point", "write .name(…) without blanks before the parentheses"
        )
    if token.kind is TokenKind.STRING and cursor.text[token.start - 1 : token.start] in {"'", '"'}:
        return cursor.refuse("two texts stand side by side", "a quote inside a text is written \\'")
    return cursor.refuse(
        f"an operator was expected before {_shown(text)}", "write +, ==, && or the like between two values"
    )


def expected_value(cursor: Cursor) -> Refused:
    """The mistake where a value was expected and something else stands."""
    token = cursor.token
    text = token.text
    if not text:
        before = cursor.text.rstrip()
        where = f"the text ends after {before[-1]}" if before else "the text is empty"
        return cursor.refuse(f"a value was expected, and {where}", "write a value, or take the operator away")
    if token.kind is TokenKind.OTHER and text.isspace():
        return cursor.refuse("a blank that DHIS2 does not know as one", "write a common blank")
    if text == ">" and cursor.text[token.start - 1 : token.start] == "<":
        return cursor.refuse("<> is no operator", "!= compares")
    if text == "/" and cursor.text[token.start - 1 : token.start] == "/":
        return cursor.refuse("// begins no comment", "write /* … */")
    suggestion = _VALUES.get(text, "write a number, a text in quotes, #{…} or a function")
    return cursor.refuse(f"a value was expected before {_shown(text)}", suggestion)


def unknown_word(cursor: Cursor) -> Refused:
    """The mistake where a word stands alone that is neither a function nor a literal."""
    word = cursor.token.text
    if word.lower() in _KEYWORDS:
        return cursor.refuse(f"{word} means nothing", f"write it in small letters: {word.lower()}")
    if cursor.after.text == "(":
        return cursor.refuse(
            f"a blank stands between {word} and its parentheses", f"write {word}(", end=cursor.after.end
        )
    if cursor.after.text in {"{", "#"}:
        return cursor.refuse(f"{word}{{…}} is no item", "write #{…}, A{…}, V{…} or C{…}")
    return cursor.refuse(f"the word {word} means nothing here", f"a text is '{word}', a value #{{{word}}}")


def _shown(text: str) -> str:
    """A token as a message shows it."""
    return text if len(text) <= 30 else f"{text[:27]}…"  # noqa: PLR2004 - what fits in a line
