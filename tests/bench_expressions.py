"""Benchmarks of expressions as ratios, measured in one run; alone by `python -m tests.bench_expressions`."""

import ast
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

from dhis2cfg.expressions import Context, find_references
from dhis2cfg.expressions.meaning import check
from dhis2cfg.expressions.readings.comparing import differences
from dhis2cfg.expressions.syntax import Language, Tree, parse
from dhis2cfg.expressions.vocabulary import Use
from tests.oracle_libraries import Library, Missing, at_hand

COUNT = 10_000


def texts(count: int = COUNT) -> list[str]:
    """Filters as packages have them, each with numbers of its own."""
    return [
        f"d2:yearsBetween(A{{FODT}}, V{{enrollment_date}}) >= {number % 90} && A{{KJONN}} == 'KVINNE'"
        f" && (#{{PROVE.SVAR}} == 'POS_{number}' || d2:hasValue(#{{PROVE.DATO}}))"
        for number in range(count)
    ]


def as_python(text: str) -> str:
    """The same text as Python would write it, as long."""
    words = {"&&": "& ", "||": "| ", "d2:": "d2_", "#{": "f(", "A{": "f(", "V{": "f(", "}": ")"}
    for old, new in words.items():
        text = text.replace(old, new)
    return text


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of several runs."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return min(spent)


def trees(written: list[str]) -> list[Tree]:
    """All texts parsed."""
    parsed = (parse(text, Language.SERVER).tree for text in written)
    return [tree for tree in parsed if tree is not None]


def lines() -> Iterator[str]:
    """One line a measurement: what, how long, and how much that is of Python's own parser."""
    written = texts()
    pythons = [as_python(text) for text in written]
    base = seconds(lambda: [ast.parse(text, mode="eval") for text in pythons])
    parsed = trees(written)
    measured = {
        "parsing": lambda: trees(written),
        "finding references": lambda: [find_references(text, Context.PROGRAM_INDICATOR) for text in written],
        "judging names and types": lambda: [check(text, Use.FILTER) for text in written],
        "comparing with the next": lambda: [differences(*pair) for pair in pairwise(parsed)],
    }
    for name, work in measured.items():
        yield _line(f"{name} {COUNT} filters", seconds(work), base)
    yield _line(f"ast.parse of {COUNT} texts as long", base, base)
    for name in ("rules", "server"):
        library = at_hand(name, fetch=False)
        if isinstance(library, Missing):
            yield f"DHIS2's own parser ({name}): skipped, {library.reason}"
        else:
            yield _line(f"DHIS2's own parser ({name}), Java", _alone(library, written), base)


def _line(what: str, spent: float, base: float) -> str:
    return f"{what:<42} {spent:8.3f} s   {spent / base:6.2f} × Python's ast.parse"


def _alone(library: Library, written: list[str]) -> float:
    """How long a library takes for all texts, its start left out."""
    start = seconds(lambda: library.answers(["1"]), times=2)
    return max(seconds(lambda: library.answers(written), times=2) - start, 0.0)


def main() -> None:
    """All lines on stdout."""
    for line in lines():
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
