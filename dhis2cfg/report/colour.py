"""Colour for a terminal: laid over finished text, so that nothing is ever said by colour alone."""

import io

from rich.console import Console
from rich.text import Text

STYLES = (
    (r"(?m)^(error\[[^\]]*\]|error:)", "bold red"),
    (r"(?m)^warning\[[^\]]*\]", "bold yellow"),
    (r"(?m)^info\[[^\]]*\]", "bold cyan"),
    (r"(?m)^ +│ +(?P<red>\^+)", ""),
    (r"(?m)^!", "bold red"),
    (r"(?m)^(?:[! ] | {4}| {8})(?P<green>\+) ", ""),
    (r"(?m)^(?:[! ] | {4}| {8})(?P<red>-) ", ""),
    (r"(?m)^(?:[! ] | {4})(?P<yellow>[~=]) ", ""),
    (r"(?<=   )(access|breaking|destructive|irreversible|takeover|conflict, \d+ fields?)(?=\s)", "bold red"),
    (r"(?<=   )(set back|phones: sync first)(?=\s)", "yellow"),
    (r"(?m)^  (?P<green>ok|done|as it was)   *", ""),
    (r"(?m)^  (?P<yellow>warn|stopped|not begun)   *", ""),
    (r"(?m)^  (?P<red>fail|refused|between|failed)   *", ""),
)
"""What is coloured: patterns of our own lines; a named group is the colour of that part alone."""


def coloured(text: str) -> str:
    """The same text with colours of sixteen; without them it is the text."""
    shown = Text(text, end="")
    for pattern, style in STYLES:
        shown.highlight_regex(pattern, style)
    stream = io.StringIO()
    console = Console(
        file=stream,
        force_terminal=True,
        color_system="standard",
        no_color=False,
        legacy_windows=False,
        width=10_000,
    )
    console.print(shown, soft_wrap=True, markup=False, emoji=False, end="")
    return stream.getvalue()
