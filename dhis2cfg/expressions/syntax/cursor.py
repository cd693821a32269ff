"""The tokens that count, read one by one; the text's end is a token too."""

from dhis2cfg.expressions.syntax.mistakes import Fault, Mistake
from dhis2cfg.expressions.tokens import Token, TokenKind


class Refused(Exception):
    """Carries the one mistake out of the reader; never leaves `parse`."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.message)
        self.mistake = mistake


class Cursor:
    """Where reading stands; each token is passed once."""

    __slots__ = ("_next", "_tokens", "text")

    def __init__(self, text: str, tokens: tuple[Token, ...]) -> None:
        end = Token(kind=TokenKind.OTHER, start=len(text), end=len(text), text="")
        self.text = text
        self._tokens = [*tokens, end]
        self._next = 0

    @property
    def token(self) -> Token:
        """The token that comes next; empty at the end."""
        return self._tokens[self._next]

    @property
    def after(self) -> Token:
        """The token behind the next one."""
        return self._tokens[min(self._next + 1, len(self._tokens) - 1)]

    @property
    def is_at_end(self) -> bool:
        """Whether nothing is left."""
        return self._next == len(self._tokens) - 1

    def take(self) -> Token:
        """The next token, passed."""
        token = self.token
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token

    def is_sign(self, sign: str) -> bool:
        """Whether this sign comes next."""
        return self.token.kind is TokenKind.SIGN and self.token.text == sign

    def is_word(self, word: str) -> bool:
        """Whether this word comes next."""
        return self.token.kind is TokenKind.WORD and self.token.text == word

    def is_followed_by(self, sign: str) -> bool:
        """Whether this sign stands right behind the next token, without a blank."""
        return self.after.text == sign and self.after.start == self.token.end

    def refuse(self, message: str, suggestion: str = "", *, end: int | None = None) -> Refused:
        """A mistake at the next token."""
        token = self.token
        stretch = token.end if end is None else end
        return Refused(
            Mistake(
                fault=Fault.SYNTAX,
                message=message,
                start=token.start,
                end=stretch,
                suggestion=suggestion,
            )
        )
