"""`dhis2cfg demo`: three municipalities, three servers, one package; needs a checkout and no network."""

import typer


def demo(context: typer.Context) -> int:
    """Start three sandboxes and show plan, apply, plan again, and a change made by hand."""
    from dhis2cfg.cli.work.demonstration import demonstrate

    return demonstrate(context.obj)
