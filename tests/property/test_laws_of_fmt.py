"""`fmt` twice is `fmt` once; it keeps every comment and everything that a file says."""

import random
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from dhis2cfg.catalogue import shipped
from dhis2cfg.load.text.events import parse
from dhis2cfg.pipeline.reading import read
from dhis2cfg.workspace.formatting import Style, formatted, normalised

ROOT = Path(__file__).resolve().parents[2]
STYLE = Style(catalogue=shipped.united(), locale="nb")
FILES = 200
COMMENT = re.compile(r"(?:^|\s)(#(?!\{)[^\n]*?)[ \t]*$", re.MULTILINE)


def once(text: str) -> str:
    """A text as `fmt` writes it."""
    document, _ = parse(normalised(text.encode()).decode(), "a.yaml")
    return formatted(document, STYLE)


def says(text: str) -> object:
    """What a text says to a reader that knows nothing but texts; order of keys aside."""
    return yaml.load(normalised(text.encode()), Loader=_Texts)  # noqa: S506 - a loader that makes texts alone


class _Texts(yaml.BaseLoader):
    """Texts, lists and mappings; tags of ours are part of what is said."""


def _tagged(loader: yaml.BaseLoader, suffix: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.ScalarNode):
        return (suffix, loader.construct_scalar(node))
    if isinstance(node, yaml.SequenceNode):
        return (suffix, *loader.construct_sequence(node, deep=True))
    assert isinstance(node, yaml.MappingNode)
    return (suffix, loader.construct_mapping(node, deep=True))


_Texts.add_multi_constructor("!", _tagged)


def comments(text: str) -> Counter[str]:
    """The comments of a text that holds no `#` in its values."""
    return Counter(match[1] for match in COMMENT.finditer(text))


class Writer:
    """Files of objects as somebody in a hurry writes them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a seeded choice

    def maybe(self, text: str, chance: float = 0.3) -> str:
        """A text, or nothing."""
        return text if self.random.random() < chance else ""

    def comment(self, indent: int) -> str:
        """A comment on a line of its own, or nothing."""
        return self.maybe(f"{' ' * indent}# {self.word()} {self.word()}\n")

    def aside(self) -> str:
        """A comment behind a value, blanks at the end, or nothing."""
        return self.random.choice(("", "", "", f" # {self.word()}", "  ", " # x y"))

    def word(self) -> str:
        """A word that some readers take for something else."""
        return self.random.choice(
            (
                "NO",
                "on",
                "0301",
                "12:30",
                "1.10",
                "Feber",
                "Årsak",
                "null",
                "'",
                "ja",
                "x-y",
                "1e3",
                "~x",
                "TEXT",
            )
        )

    def scalar(self) -> str:
        """A value, plain or in quotes."""
        word = self.word()
        quoted = self.random.choice((f'"{word}"', "'" + word.replace("'", "''") + "'", word, word))
        return '"\'"' if quoted == "'" else quoted

    def texts(self) -> str:
        """A text by locale, on one line."""
        pairs = [f"nb: {self.scalar()}", f"en: {self.scalar()}", f"no: {self.scalar()}"]
        self.random.shuffle(pairs)
        return "{" + ", ".join(pairs) + "}"

    def object(self, indent: int) -> str:
        """An object on several lines, its properties in any order."""
        margin = " " * indent
        lines = [
            f"name: {self.texts()}",
            f"id: AbCdEfGhI{self.random.randrange(10)}{self.random.randrange(10)}",
            f"code: {self.scalar()}",
            f"description: |\n{margin}  first  \n{margin}  second # no comment\n",
            f"description: >-\n{margin}  first\n\n{margin}  second\n",
            f"shortName: {self.scalar()}",
            'condition: "#{a} > 1"',
            'sharing: {public: "--------", userGroups: {G: {access: r-------}}}',
            f"valueType: {self.scalar()}",
        ]
        self.random.shuffle(lines)
        kept: dict[str, str] = {}
        for line in lines[: self.random.randrange(1, 8)]:
            kept.setdefault(line.partition(":")[0], line)
        return "".join(
            self.comment(indent)
            + f"{margin}{line}".rstrip("\n")
            + ("" if line.endswith("\n") or "\n" in line else self.aside())
            + "\n"
            + self.maybe("\n", 0.1)
            for line in kept.values()
        )

    def file(self) -> str:
        """A file of several types."""
        text = self.maybe("\ufeff", 0.1) + self.comment(0)
        for type_name in ("dataElements", "optionSets", "programs"):
            text += f"{type_name}:{self.aside()}\n"
            for number in range(self.random.randrange(1, 4)):
                key = self.random.choice((f"K{number}", f"0{number}", f'"{number}"'))
                text += f"{self.comment(2)}  {key}:{self.aside()}\n{self.object(4)}{self.comment(4)}"
        text += self.maybe("\n\n", 0.5)
        return text.replace("\n", "\r\n") if self.random.random() < 0.1 else text


@pytest.mark.parametrize("seed", range(0, FILES, 20))
def test_generated_files(seed: int) -> None:
    """Two hundred files: twice is once, no comment goes, everything is said as before."""
    changed = 0
    for number in range(seed, seed + 20):
        text = Writer(number).file()
        result = once(text)
        assert once(result) == result, number
        assert says(result) == _shortened(says(text)), number
        assert comments(result) == comments(normalised(text.encode()).decode()), number
        changed += result != text
    assert changed > 15


def _shortened(value: object) -> object:
    """What a text says with entries of sharing as strings, which `fmt` writes."""
    if isinstance(value, dict):
        inner = {key: _shortened(each) for key, each in value.items()}
        return inner["access"] if list(inner) == ["access"] else inner
    return [_shortened(each) for each in value] if isinstance(value, list) else value


def test_every_file_of_the_package() -> None:
    """All files of covid-no: twice is once, every comment and every value is there afterwards."""
    files = read(ROOT)
    documents = [
        each for each in files.documents.values() if each.root is not None and each.file.endswith("yaml")
    ]
    assert len(documents) > 12
    for document in documents:
        result = formatted(document, STYLE)
        again, _ = parse(result, document.file)
        assert formatted(again, STYLE) == once(result), document.file
        assert says(result) == _shortened(says(document.text)), document.file
        assert comments(result) == comments(document.text), document.file
