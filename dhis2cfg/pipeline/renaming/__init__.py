"""A key, a package or a municipality under another name: files as read in, new texts of files out.

`keys` renames an object of a package everywhere it is named, `places` finds where that is, `codes` keeps
what servers call it, `files` renames a package or a municipality, `units` one of a municipality's own units.
`checked` reads the result and compares it: nothing may change but the name. `uids` writes keys where
expressions name objects by UID, for `fmt`.
"""

from dhis2cfg.pipeline.renaming.checked import must_be_only_a_name, overlaid, with_locks
from dhis2cfg.pipeline.renaming.files import rename_municipality, rename_package
from dhis2cfg.pipeline.renaming.keys import Renamed, rename_key
from dhis2cfg.pipeline.renaming.uids import with_keys
from dhis2cfg.pipeline.renaming.units import rename_unit, units_of

__all__ = [
    "Renamed",
    "must_be_only_a_name",
    "overlaid",
    "rename_key",
    "rename_municipality",
    "rename_package",
    "rename_unit",
    "units_of",
    "with_keys",
    "with_locks",
]
