"""All rules over one or several states."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dhis2cfg.catalogue.types import Catalogue
from dhis2cfg.model.findings import Finding, in_order
from dhis2cfg.model.state import State
from dhis2cfg.model.tree import Document
from dhis2cfg.validate.alike import Alike
from dhis2cfg.validate.context import Package, context_for
from dhis2cfg.validate.echoes import beyond, folded, settled, without_lacks
from dhis2cfg.validate.leaks import PAGE as LEAKS
from dhis2cfg.validate.leaks import leaks
from dhis2cfg.validate.rules_list import PAGES, RULES
from dhis2cfg.validate.silences import silenced
from dhis2cfg.validate.weights import weighing

_KNOWN = frozenset(page.rule for page in PAGES)
_OVER_STATES = frozenset({"looks-renamed", LEAKS.rule, *(rule.page.rule for rule in RULES)})
"""Rules whose errors can be silenced: the files could be read all the same."""
_NO_DOCUMENTS: Mapping[str, Document] = {}


def validate(
    states: State | Sequence[State], packages: Mapping[str, Package], catalogues: Mapping[str, Catalogue]
) -> tuple[Finding, ...]:
    """What is wrong in the states, each thing once, in the order of files and lines.

    `packages` by name, `catalogues` by version (`2.42`); a package is judged by the versions that it claims.
    """
    alike = Alike((states,) if isinstance(states, State) else states, packages)
    found = (
        finding
        for state, is_whole in alike.parts()
        for finding in _findings(state, packages, catalogues)
        if is_whole or alike.told_of_part(finding)
    )
    return in_order(_weighed(finding, packages) for finding in found)


def verdict(
    form: Sequence[Finding],
    meaning: Sequence[Finding],
    states: Sequence[State],
    packages: Mapping[str, Package],
    catalogues: Mapping[str, Catalogue],
    documents: Mapping[str, Document] = _NO_DOCUMENTS,
) -> tuple[Finding, ...]:
    """All that is wrong: what `load` found (`form`), what `resolve` found (`meaning`), what the rules find.

    One mistake is one finding: what only follows from another finding is left out, and what a comment in the
    `documents` silences.
    """
    told = [*form, *beyond(form, meaning)]
    found = [*beyond(told, validate(states, packages, catalogues))]
    folders = [package.folder for package in packages.values() if package.folder]
    told += leaks(documents, [*told, *found])
    heard = [*told, *weighing(folders, documents, _KNOWN), *without_lacks(form, found, states)]
    loud = [*silenced(heard, documents, known=_KNOWN, over_states=_OVER_STATES)]
    return in_order(folded(settled(loud, folders)))


def _findings(
    state: State, packages: Mapping[str, Package], catalogues: Mapping[str, Catalogue]
) -> Iterator[Finding]:
    """Everything that any rule finds in one state."""
    context = context_for(state, packages, catalogues)
    for rule in RULES:
        yield from rule.check(context)


def _weighed(finding: Finding, packages: Mapping[str, Package]) -> Finding:
    """The finding as heavy as the package in whose folder it stands wants it."""
    for package in packages.values():
        alone = package.folder == "."
        inside = alone or (package.folder and finding.place.file.startswith(f"{package.folder}/"))
        if inside and finding.rule in package.severity:
            return replace(finding, severity=package.severity[finding.rule])
    return finding
