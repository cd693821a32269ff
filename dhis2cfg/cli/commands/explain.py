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
    from dhis2cfg.cli.settings import write_out
    from dhis2cfg.errors import Exit, UsageError
    from dhis2cfg.validate import RULES, explain

    page = explain(rule)
    if page is None:
        names = ", ".join(sorted(each.page.rule for each in RULES))
        raise UsageError(f"there is no page on {rule}", details=(f"pages: {names}",))
    write_out(page)
    return Exit.FINE
