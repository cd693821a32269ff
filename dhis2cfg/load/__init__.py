"""A folder in, typed documents and findings of form out; what the values mean is for `resolve`.

`load_fleet` reads the workspace, `package_folders` says where packages are, `read_manifest` which versions
one claims, `load_package` all of it. `read_text` is the one function through which every file is opened.
`RULES` says what each kind of finding means.
"""

from dhis2cfg.load.fleet import load_fleet, package_folders
from dhis2cfg.load.package import load_package, read_manifest
from dhis2cfg.load.rules import RULES
from dhis2cfg.load.text.opening import Opener, open_binary, read_bytes, read_text

__all__ = [
    "RULES",
    "Opener",
    "load_fleet",
    "load_package",
    "open_binary",
    "package_folders",
    "read_bytes",
    "read_manifest",
    "read_text",
]
