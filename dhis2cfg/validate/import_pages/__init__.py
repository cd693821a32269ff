"""Pages on what an import finds in DHIS2's JSON, and on what it mends; `PAGES` is all of them."""

from dhis2cfg.validate.import_pages import mending, sources
from dhis2cfg.validate.pages import Page

PAGES: tuple[Page, ...] = (*sources.PAGES, *mending.PAGES)

__all__ = ["PAGES"]
