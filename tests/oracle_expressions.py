"""`make oracle`: random expressions as we group them, and as DHIS2's own libraries do.

Both languages are compared tree by tree with the Java libraries (the rule engine's parser, the server's
grammar), and sums of rules value by value with the one for browsers; remainders are left out there, which it
gets wrong (expressions facts §5.2). A library that cannot be had is a skip; then recorded answers are
compared.
"""

import math
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence

from dhis2cfg.expressions.syntax import Language, Node, grouped, parse, walk
from dhis2cfg.expressions.syntax.tree import Binary, Literal, LiteralKind, Prefixed
from dhis2cfg.expressions.vocabulary.arithmetic import ARITHMETIC, COMPARISONS, compute, number_of
from tests.oracle_libraries import ROOT, Library, Missing, at_hand

COUNT = 20_000
LANGUAGES = {"rules": Language.RULES, "server": Language.SERVER}
OPERATORS = (*"+-*/%^<>", "<=", ">=", "==", "!=", "&&", "||", "and", "or")
ZERO = re.compile(r"(?<![0-9.])0[0-9]")
"""A leading zero, which our parser reads and the check of names and types refuses."""
RECORDED = "tests/conformance/test_expressions.py"


def a_chain(dice: random.Random, depth: int = 0) -> str:
    """Values and operators of every kind, with signs and parentheses here and there."""
    parts = [_operand(dice, depth)]
    for _ in range(dice.randint(1, 7)):
        parts += (dice.choice(OPERATORS), _operand(dice, depth))
    return " ".join(parts)


def _operand(dice: random.Random, depth: int) -> str:
    """A number, a truth, or a chain in parentheses."""
    sign = dice.choice(("", "", "", "", "-", "+", "!", "not ", "- -"))
    if depth < 2 and dice.random() < 0.15:
        return f"{sign}( {a_chain(dice, depth + 1)} )"
    return sign + dice.choice(("true", "false", "1.5", "2e1", str(dice.randint(0, 99))))


def a_slip(dice: random.Random) -> str:
    """A chain in which one or two signs are lost or too many: most of them nobody can read."""
    signs = list(a_chain(dice)[:60])
    for _ in range(dice.randint(1, 2)):
        place = dice.randrange(len(signs))
        if dice.random() < 0.4:
            signs.pop(place)
        else:
            signs.insert(place, dice.choice("()+-*/%^<>=!&|.,'\" 1"))
    return "".join(signs)


def a_sum(dice: random.Random) -> str:
    """A sum, a condition or a comparison of sums that has a value: no remainders, no strange types."""
    kind = dice.choice(("sum", "power", "logic", "comparison"))
    length = range(dice.randint(1, 5))
    if kind == "logic":
        words = [dice.choice(("true", "false", "!true", "!false")) for _ in (0, *length)]
        joined = ("&&", "||", "==", "!=", "and", "or")
        return " ".join(f"{word} {dice.choice(joined)}" for word in words[1:]) + f" {words[0]}"
    operators = "+-*/^" if kind == "power" else "+-*/"
    numbers = [
        dice.choice(("", "", "-")) + str(dice.randint(1, 4 if kind == "power" else 9)) for _ in (0, *length)
    ]
    text = " ".join(f"{number} {dice.choice(operators)}" for number in numbers[1:]) + f" {numbers[0]}"
    if kind != "comparison":
        return text
    compared, joint = dice.choice(sorted(COMPARISONS)), dice.choice(("&&", "||"))
    return f"{text} {compared} {dice.randint(1, 9)} {joint} 2 - 1 + 1 > 0"


def value_of(text: str) -> float:
    """What a sum of a rule comes to as we group it."""
    tree = parse(text, Language.RULES).tree
    assert tree is not None
    done: dict[Node, float] = {}
    for node in walk(tree.root):
        parts = [done[part] for part in node.parts]
        if isinstance(node, Literal):
            is_truth = node.kind is LiteralKind.BOOLEAN
            done[node] = node.text == "true" if is_truth else number_of(node.text) or 0.0
        elif isinstance(node, Prefixed):
            done[node] = not parts[0] if node.operator == "!" else -parts[0]
        elif isinstance(node, Binary):
            done[node] = _operation(node.operator, *parts)
    return done[tree.root]


def _operation(operator: str, left: float, right: float) -> float:
    """One step."""
    if operator in ARITHMETIC:
        return compute(Language.RULES, operator, left, right)
    order = (left > right) - (left < right)
    outcomes = {
        "==": order == 0,
        "!=": order != 0,
        "<": order < 0,
        ">": order > 0,
        "<=": order <= 0,
        ">=": order >= 0,
        "&&": bool(left and right),
        "||": bool(left or right),
    }
    return outcomes[operator]


def is_same(ours: float, theirs: str) -> bool:
    """Whether two values are one, rounding aside."""
    if isinstance(ours, bool) or theirs in {"true", "false"}:
        return str(ours).lower() == theirs
    other = float(theirs.replace("Infinity", "inf"))
    both_nan = math.isnan(ours) and math.isnan(other)
    return both_nan or ours == other or math.isclose(ours, other, rel_tol=1e-9)


def ours(text: str, language: Language) -> str:
    """The text as we group it, `refused` where we cannot read it."""
    tree = parse(text, language).tree
    return grouped(tree) if tree else "refused"


def differences(library: Library, texts: Sequence[str]) -> Iterator[str]:
    """A line for each text that the library reads otherwise."""
    for text, theirs in zip(texts, library.answers(texts), strict=True):
        if library.name == "npm":
            known = value_of(text)
            if not is_same(known, theirs):
                yield f"{text}: we {known}, they {theirs}"
        elif (known_shape := ours(text, LANGUAGES[library.name])) != theirs:
            yield f"{text}: we {known_shape}, they {theirs}"


def recorded() -> int:
    """The comparison with answers that were recorded once; its exit code."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "group", RECORDED]
    return subprocess.run(command, cwd=ROOT, check=False, env=dict(os.environ)).returncode  # noqa: S603 - ours


def main(count: int = COUNT) -> int:
    """One line a library; 1 where any text is read otherwise."""
    dice = random.Random(1)  # noqa: S311 - no secret hangs on it
    chains = [a_chain(dice) for _ in range(count)]
    chains += [slip for _ in range(count // 4) if not ZERO.search(slip := a_slip(dice))]
    sums = [a_sum(dice) for _ in range(count // 4)]
    different = skipped = 0
    for name in ("rules", "server", "npm"):
        library = at_hand(name)
        if isinstance(library, Missing):
            skipped += 1
            sys.stdout.write(f"{name:<8} skipped: {library.reason}\n")
            continue
        texts = sums if name == "npm" else chains
        found = list(differences(library, texts))
        different += len(found)
        sys.stdout.write("".join(f"{line}\n" for line in found[:20]))
        sys.stdout.write(f"{name:<8} {len(texts)} expressions, {len(found)} differences\n")
    sys.stdout.write(f"{different} differences, {skipped} skipped\n")
    failed = recorded() if skipped else 0
    return 1 if different or failed else 0


if __name__ == "__main__":
    sys.exit(main(*(int(each) for each in sys.argv[1:2])))
