"""Where the workspace is: the first folder upwards with `fleet.yaml`, else the first with `package.yaml`."""

from dataclasses import dataclass
from pathlib import Path

from dhis2cfg.errors import UsageError

FLEET = "fleet.yaml"
PACKAGE = "package.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """The folder that all paths in output are relative to; `has_fleet` is False for a package alone."""

    root: Path
    has_fleet: bool

    @property
    def lock(self) -> Path:
        """The lock of what municipalities define themselves."""
        return self.root / "uids.lock"


def find_root(start: Path) -> Workspace:
    """The workspace that a folder (`-C DIR`, else the current one) lies in."""
    folder = start.resolve()
    if not folder.is_dir():
        raise UsageError(f"{start} is no folder", following=("dhis2cfg -C DIR names the folder to start in",))
    upwards = (folder, *folder.parents)
    for name in (FLEET, PACKAGE):
        found = next((each for each in upwards if (each / name).is_file()), None)
        if found is not None:
            return Workspace(root=found, has_fleet=name == FLEET)
    raise UsageError(
        f"neither {FLEET} nor {PACKAGE} in {start}, nor in any folder above it",
        following=("dhis2cfg init DIR makes a workspace", "dhis2cfg -C DIR … works in another folder"),
    )
