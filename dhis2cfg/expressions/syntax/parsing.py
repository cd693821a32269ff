"""A text to its tree: operators by their levels, on two stacks; time and tokens linear in the length."""

from dataclasses import dataclass

from dhis2cfg.expressions.syntax import primaries
from dhis2cfg.expressions.syntax.cursor import Cursor, Refused
from dhis2cfg.expressions.syntax.languages import LOGIC, UNARY, Language, is_right_associative, level
from dhis2cfg.expressions.syntax.mistakes import Fault, Mistake
from dhis2cfg.expressions.syntax.preprocessors import preprocessor
from dhis2cfg.expressions.syntax.strangers import expected_operator
from dhis2cfg.expressions.syntax.tree import Binary, ForEach, Node, Prefixed, Tree
from dhis2cfg.expressions.tokens import Problem, Token, TokenKind, tokenise

DEEPEST = 100
"""How many parentheses may stand inside each other; official texts have 12 at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """The tree of a text, or the first mistake in it."""

    tree: Tree | None
    mistake: Mistake | None = None


def parse(text: str, language: Language) -> Parsed:
    """The tree of an expression in one of the two languages; never raises, whatever the text."""
    tokens = tokenise(text)
    for problem in tokens.problems:
        if not (language is Language.RULES and text.startswith("/*", problem.start)):
            return Parsed(tree=None, mistake=not_closed(text, problem))
    before = preprocessor(text) if language is Language.SERVER else None
    if isinstance(before, Mistake):
        return Parsed(tree=None, mistake=before)
    begin = before.end if before else 0
    counting = tuple(token for token in tokens.significant if token.start >= begin)
    cursor = Cursor(text, counting)
    try:
        root = expression(cursor, language, 0)
        if not cursor.is_at_end:
            raise expected_operator(cursor)
    except Refused as refused:
        return Parsed(tree=None, mistake=refused.mistake)
    if before:
        root = ForEach(variable=before.variable, group=before.group, body=root, start=0, end=root.end)
    return Parsed(tree=Tree(language=language, text=text, root=root, tokens=tokens.all))


def expression(cursor: Cursor, language: Language, depth: int) -> Node:
    """A whole expression, to the first token that cannot go on with it."""
    if depth > DEEPEST:
        raise cursor.refuse(f"more than {DEEPEST} parentheses inside each other", "take the text apart")
    stacks = _Stacks(language)
    while True:
        before = ""
        while cursor.token.text in UNARY and cursor.token.kind in {TokenKind.SIGN, TokenKind.WORD}:
            if language is Language.RULES:
                _breaks_rules(cursor, before)
            before = cursor.token.text
            stacks.prefix(cursor.take())
        stacks.operands.append(primaries.primary(cursor, lambda: expression(cursor, language, depth + 1)))
        if not _is_operator(cursor.token, language):
            return stacks.close()
        stacks.binary(cursor.take())


_BREAKING = {"+": ("-", "!", "not"), "-": ("!", "not")}
"""Sign → signs that the rule engine cannot read right behind it (seen in its library; `make oracle`)."""


def _breaks_rules(cursor: Cursor, before: str) -> None:
    """Signs that the rule engine cannot tell apart: `+-1` fails when it runs, `>!` is no operator."""
    token = cursor.token
    if token.text in _BREAKING.get(before, ()):
        raise cursor.refuse(
            f"rules fail where {token.text} follows the sign {before}", "put what follows in parentheses"
        )
    glued = cursor.text[token.start - 1 : token.start] if token.text == "!" else ""
    if glued and glued in "<>":
        raise cursor.refuse(f"rules read {glued}! as one sign", f"write {glued} ! with a blank")


def _is_operator(token: Token, language: Language) -> bool:
    """Whether a token stands between two values."""
    is_known = level(language, token.text) is not None and token.text != "unary"
    return is_known and token.kind in {TokenKind.SIGN, TokenKind.WORD}


class _Stacks:
    """Operands that wait for their operators, and operators that wait for their right side."""

    __slots__ = ("language", "operands", "operators")

    def __init__(self, language: Language) -> None:
        self.language = language
        self.operands: list[Node] = []
        self.operators: list[tuple[Token, bool, int]] = []

    def prefix(self, token: Token) -> None:
        """A sign in front of a value waits for it; behind `^`, rules take it with the value alone."""
        own = level(self.language, "unary") or 0
        if self.operators and not is_right_associative(self.language, "^"):
            own = max(own, self.operators[-1][2])
        self.operators.append((token, True, own))

    def binary(self, token: Token) -> None:
        """What binds tighter than this operator is done first."""
        own = level(self.language, token.text) or 0
        waits = is_right_associative(self.language, token.text)
        while self.operators and (
            self.operators[-1][2] > own or (self.operators[-1][2] == own and not waits)
        ):
            self.reduce()
        self.operators.append((token, False, own))

    def reduce(self) -> None:
        """The last operator and its operands become one operand."""
        token, is_prefix, _ = self.operators.pop()
        right = self.operands.pop()
        if is_prefix:
            node: Node = Prefixed(operator=token.text, operand=right, start=token.start, end=right.end)
        else:
            left = self.operands.pop()
            node = Binary(
                operator=LOGIC.get(token.text, token.text),
                operator_start=token.start,
                operator_end=token.end,
                left=left,
                right=right,
                start=left.start,
                end=right.end,
            )
        self.operands.append(node)

    def close(self) -> Node:
        """All that waits is done."""
        while self.operators:
            self.reduce()
        return self.operands.pop()


def not_closed(text: str, problem: Problem) -> Mistake:
    """The mistake of something that is opened and never closed."""
    if text.startswith("/*", problem.start):
        closing = "*/"
    else:
        closing = text[problem.start] if text[problem.start] in "'\"" else "}"
    return Mistake(
        fault=Fault.SYNTAX,
        message=problem.message,
        start=problem.start,
        end=problem.end,
        suggestion=f"close it with {closing}",
    )
