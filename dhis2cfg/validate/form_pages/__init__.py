"""Pages on what `load` and `resolve` find in files, by theme; `PAGES` is all of them."""

from dhis2cfg.validate.form_pages import (
    children,
    files,
    keys,
    municipalities,
    names,
    parameters,
    references,
    secrets,
    syntax,
    tables,
    texts,
    values,
)
from dhis2cfg.validate.pages import Page

THEMES = (
    files,
    syntax,
    tables,
    values,
    names,
    keys,
    references,
    secrets,
    texts,
    children,
    parameters,
    municipalities,
)
PAGES: tuple[Page, ...] = tuple(page for theme in THEMES for page in theme.PAGES)

__all__ = ["PAGES"]
