"""`fields=id,name,stages[id],!sharing,:owner` as a tree (facts §2.3)."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One wanted name: `children` None means in its usual form; pipes are `size`, `rename(x)` and such."""

    name: str
    children: tuple["Field", ...] | None = None
    is_excluded: bool = False
    pipes: tuple[str, ...] = ()


def parse_fields(text: str) -> tuple[Field, ...]:
    """The tree of a fields parameter; unbalanced brackets close themselves."""
    found, _ = _parse(text, 0)
    return found


def _parse(text: str, at: int) -> tuple[tuple[Field, ...], int]:
    found: list[Field] = []
    word = ""
    while at < len(text):
        sign = text[at]
        if sign in ",]":
            _add(found, word)
            word = ""
            at += 1
            if sign == "]":
                return tuple(found), at
        elif sign == "[":
            children, at = _parse(text, at + 1)
            _add(found, word, children)
            word = ""
        elif sign == "(":
            end = text.find(")", at)
            end = len(text) - 1 if end < 0 else end
            word += text[at : end + 1]
            at = end + 1
        else:
            word += sign
            at += 1
    _add(found, word)
    return tuple(found), at


def _add(found: list[Field], word: str, children: tuple[Field, ...] | None = None) -> None:
    word = word.strip()
    if not word:
        return
    name, *pipes = word.replace("::", "~").split("~")
    is_excluded = name.startswith(("!", "-"))
    name = name.lstrip("!-")
    _merge(found, Field(name=name, children=children, is_excluded=is_excluded, pipes=tuple(pipes)))


def _merge(found: list[Field], new: Field) -> None:
    for position, old in enumerate(found):
        if old.name == new.name and old.is_excluded == new.is_excluded and not new.pipes:
            children = (
                None
                if old.children is None and new.children is None
                else ((old.children or ()) + (new.children or ()))
            )
            found[position] = replace(old, children=children)
            return
    found.append(new)
