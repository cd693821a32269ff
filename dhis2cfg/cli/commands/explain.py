"""`dhis2cfg explain RULE`: what a rule wants, why, and how it is right."""

from typing import Annotated

import typer


def explain(
    context: typer.Context,
    *,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The name in brackets.")],
) -> int:
    """Explain a rule of validate."""
    del context
    from difflib import get_close_matches

    from dhis2cfg.cli.settings import write_out
    from dhis2cfg.errors import Exit, UsageError
    from dhis2cfg.validate import PAGES, explain

    page = explain(rule)
    if page is None:
        names = sorted(each.rule for each in PAGES)
        near = get_close_matches(rule, names, n=3)
        meant = (f"did you mean {' or '.join(near)}?",) if near else ()
        raise UsageError(
            f"there is no page on {rule}", details=(f"pages: {', '.join(names)}",), following=meant
        )
    write_out(page)
    return Exit.FINE
