"""What servers would refuse, mended by named rules; each mending is a finding.

In: a bundle as gathered. Out: the same bundle, changed. Every rule `mend-…` has a page (`dhis2cfg explain`).
"""

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.interchange.bundle import Bundle
from dhis2cfg.interchange.mending.axes import mend_axes
from dhis2cfg.interchange.mending.references import mend_references
from dhis2cfg.interchange.mending.sharing import mend_sharing
from dhis2cfg.interchange.mending.values import mend_values

__all__ = ["mend"]


def mend(bundle: Bundle, catalogue: Catalogue) -> None:
    """Every rule, in the order in which one may rely on another."""
    mend_axes(bundle)
    mend_references(bundle, catalogue)
    mend_values(bundle, catalogue)
    mend_sharing(bundle, catalogue)
