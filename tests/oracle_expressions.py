"""Random sums and conditions of rules, as we group them and as DHIS2's own library does.

    npm install --prefix FOLDER @dhis2/expression-parser@1.1.0
    python -m tests.oracle_expressions FOLDER [COUNT]

Remainders are left out: the library gets them wrong (expressions facts §5.2).
"""

import json
import math
import random
import shutil
import subprocess
import sys
from pathlib import Path

from dhis2cfg.expressions.syntax import Language, Node, grouped, parse, walk
from dhis2cfg.expressions.syntax.tree import Binary, Literal, LiteralKind, Prefixed
from dhis2cfg.expressions.vocabulary.arithmetic import ARITHMETIC, COMPARISONS, compute, number_of

EVALUATE = """
const write = console.log; console.log = console.warn = console.info = () => {};
const library = await import(process.argv[2]);
const texts = JSON.parse(await new Response(process.stdin).text());
const nothing = () => new library.ExpressionDataJs(new Map(), new Map(), new Map(), new Map(), new Map());
const mode = library.ExpressionMode.valueOf('RULE_ENGINE_ACTION');
write(JSON.stringify(texts.map(text =>
  String(new library.ExpressionJs(text, mode).evaluate(() => null, nothing())))));
"""
SUMS, LOGIC = ("+", "-", "*", "/"), ("&&", "||", "==", "!=", "and", "or")


def a_chain(dice: random.Random) -> str:
    """A chain of operators without parentheses: numbers, yes and no, or comparisons of sums."""
    kind = dice.choice(("sum", "power", "logic", "comparison"))
    length = range(dice.randint(1, 5))
    if kind == "logic":
        words = [dice.choice(("true", "false", "!true", "!false")) for _ in (0, *length)]
        return " ".join(f"{word} {dice.choice(LOGIC)}" for word in words[1:]) + f" {words[0]}"
    operators = (*SUMS, "^") if kind == "power" else SUMS
    numbers = [
        dice.choice(("", "", "-")) + str(dice.randint(1, 4 if kind == "power" else 9)) for _ in (0, *length)
    ]
    text = " ".join(f"{number} {dice.choice(operators)}" for number in numbers[1:]) + f" {numbers[0]}"
    if kind != "comparison":
        return text
    compared, joined = dice.choice(sorted(COMPARISONS)), dice.choice(("&&", "||"))
    return f"{text} {compared} {dice.randint(1, 9)} {joined} 2 - 1 + 1 > 0"


def value_of(text: str) -> float:
    """What a chain comes to as we group it."""
    tree = parse(text, Language.RULES).tree
    assert tree is not None
    done: dict[Node, float] = {}
    for node in walk(tree.root):
        parts = [done[part] for part in node.parts]
        if isinstance(node, Literal):
            done[node] = (
                node.text == "true" if node.kind is LiteralKind.BOOLEAN else number_of(node.text) or 0.0
            )
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
    return (
        ours == other or math.isclose(ours, other, rel_tol=1e-9) or (math.isnan(ours) and math.isnan(other))
    )


def main(folder: Path, count: int = 5000) -> int:
    """The number of chains on which we differ; they are printed."""
    dice = random.Random(1)  # noqa: S311 - no secret hangs on it
    chains = [a_chain(dice) for _ in range(count)]
    library = next(folder.glob("node_modules/@dhis2/expression-parser/expression-parser.mjs")).resolve()
    script = folder / "evaluate.mjs"
    script.write_text(EVALUATE, encoding="utf-8")
    node = shutil.which("node") or "node"
    command = [node, str(script), library.as_uri()]
    run = subprocess.run(command, input=json.dumps(chains), capture_output=True, text=True, check=True)  # noqa: S603 - ours
    different = 0
    for text, theirs in zip(chains, json.loads(run.stdout), strict=True):
        ours = value_of(text)
        if not is_same(ours, theirs):
            different += 1
            tree = parse(text, Language.RULES).tree
            sys.stdout.write(f"{text}: we {ours}, they {theirs}, {grouped(tree) if tree else ''}\n")
    sys.stdout.write(f"{count} chains, {different} differences\n")
    return different


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1]), *(int(each) for each in sys.argv[2:3])) else 0)
