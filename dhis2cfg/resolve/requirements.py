"""What a package requires, looked up in the folders of the workspace and nowhere else, by its version."""

from collections.abc import Iterator, Mapping

from dhis2cfg.model import tree
from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.resolve.manifest import Manifest
from dhis2cfg.resolve.nodes import did_you_mean, entries_of, items_of, text_of
from dhis2cfg.resolve.versions import is_requirement, satisfies


def requirements(
    manifest: Manifest, root: tree.Mapping | None, others: Mapping[str, Manifest]
) -> Iterator[Finding]:
    """A finding for each that no folder holds, or holds in another version than the one asked for."""
    for name, node, versions in _required(root.get("requires") if root else None):
        wanted = f"{name} {versions}".strip()
        other = others.get(name)
        if other is None:
            yield Finding(
                rule="missing-requirement",
                message=f"{manifest.name} requires {wanted}, which this workspace does not have",
                place=node.place,
                label="looked up among the packages of this workspace, and nowhere else",
                following=known_otherwise(name, others) or "take its folder in among the packages",
            )
        elif not is_requirement(versions):
            yield Finding(
                rule="version-requirement",
                message=f"'{versions}' cannot be read as versions of {name}",
                place=node.place,
                label='for example ">=1.2"',
                following="write bounds with >=, <, == and a comma between them, in quotes",
            )
        elif not satisfies(other.version, versions):
            yield Finding(
                rule="missing-requirement",
                message=f"{manifest.name} requires {wanted}, and this workspace has {other.version}",
                place=node.place,
                label=f"{other.version} is not among these versions",
                following="take the version that is asked for into the workspace, or ask for another one",
                related=(Related(message=f"{name} {other.version}", place=other.place),),
            )


def known_otherwise(name: str, packages: Mapping[str, Manifest]) -> str:
    """What a package is called now that had this name, else one that is spelled nearly so."""
    renamed = [each.name for each in packages.values() if name in each.was]
    return (
        f"{name} is called {renamed[0]} now"
        if renamed
        else did_you_mean(name, {known: each.place for known, each in packages.items()})
    )


def _required(node: tree.Node | None) -> Iterator[tuple[str, tree.Node, str]]:
    """Each package with the node that names or versions it, and the versions accepted."""
    for entry in entries_of(node):
        yield entry.key, entry.value, text_of(entry.value) or ""
    for item in items_of(node):
        yield text_of(item) or "", item, ""
