"""Files as read → desired state by key path, and what is wrong with them; pure.

`read_fleet` and `read_manifest` make values of the files that hold no objects. `resolve` gives one
municipality's `State`, `together` that of a server which several share, `resolve_package` one package alone;
`package` tells the order: names and turns, one tree, objects, values.
A `Memory` keeps what holds for several municipalities. `mint` and `new_lock` are the rule of `uids.lock`.
"""

from dhis2cfg.resolve.fleet import read_fleet
from dhis2cfg.resolve.fleet.addresses import Address, read_address
from dhis2cfg.resolve.lock import lock_lines, mint, new_lock
from dhis2cfg.resolve.manifest import Manifest, read_manifest
from dhis2cfg.resolve.memory import Memory
from dhis2cfg.resolve.municipal.together import together
from dhis2cfg.resolve.municipal.workspace_lock import workspace_lock
from dhis2cfg.resolve.municipality import choose, resolve
from dhis2cfg.resolve.objects.scope import Seen
from dhis2cfg.resolve.package import ResolvedPackage, resolve_package
from dhis2cfg.resolve.parameters import Parameter
from dhis2cfg.resolve.seen import Named, is_below, named
from dhis2cfg.resolve.versions import satisfies

__all__ = [
    "Address",
    "Manifest",
    "Memory",
    "Named",
    "Parameter",
    "ResolvedPackage",
    "Seen",
    "choose",
    "is_below",
    "lock_lines",
    "mint",
    "named",
    "new_lock",
    "read_address",
    "read_fleet",
    "read_manifest",
    "resolve",
    "resolve_package",
    "satisfies",
    "together",
    "workspace_lock",
]
