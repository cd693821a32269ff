"""DHIS2's JSON ↔ packages, without I/O.

In: bytes of an export (`read_source`), which `take` makes the pages of a package from: `gathering` (what is
there), `mending` (what servers would refuse), `keys`, `packing` (values), `laying` (files).

"""

from dhis2cfg.interchange.sources import Source, read_source, too_large
from dhis2cfg.interchange.taking import Taken, Wanted, take

__all__ = ["Source", "Taken", "Wanted", "read_source", "take", "too_large"]
