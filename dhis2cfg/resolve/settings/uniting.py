"""The settings of several packages as one: a server has one value of each."""

from collections.abc import Iterable, Mapping

from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredSetting
from dhis2cfg.resolve.objects.deciding import Deciding


def united_settings(
    packages: Iterable[Mapping[Ref, DesiredSetting]], deciding: Deciding, findings: list[Finding]
) -> dict[Ref, DesiredSetting]:
    """The settings of all packages; a finding for each that two give different values, where none decides."""
    united: dict[Ref, DesiredSetting] = {}
    for settings in packages:
        for ref, each in settings.items():
            before = united.setdefault(ref, each)
            if (before.value, before.texts) == (each.value, each.texts):
                continue
            decided = [owner for owner in deciding.of([ref]) if owner in (before.owner, each.owner)]
            if not decided:
                findings.append(_two_packages(before, each))
            elif decided[0] == each.owner:
                united[ref] = each
    return united


def _two_packages(before: DesiredSetting, each: DesiredSetting) -> Finding:
    return Finding(
        rule="two-packages",
        message=f"{before.owner} and {each.owner} both give {each.ref} a value, and not the same",
        place=each.place,
        label=f"{before.owner} says otherwise",
        following=(
            f"a server has one value of it: take it out of one of them, or say whose counts, in fleet.yaml "
            f"(defaults:) or in a municipality's file: shared: {{{each.ref}: {before.owner}}}"
        ),
        related=(Related(message=f"in {before.owner}", place=before.place),),
    )
