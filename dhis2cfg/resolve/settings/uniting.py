"""The settings of several packages as one: a server has one value of each."""

from collections.abc import Iterable, Mapping

from dhis2cfg.model.findings import Finding, Related
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredSetting


def united_settings(
    packages: Iterable[Mapping[Ref, DesiredSetting]], findings: list[Finding]
) -> dict[Ref, DesiredSetting]:
    """The settings of all packages; a finding for each that two of them give different values."""
    united: dict[Ref, DesiredSetting] = {}
    for settings in packages:
        for ref, each in settings.items():
            before = united.setdefault(ref, each)
            if (before.value, before.texts) != (each.value, each.texts):
                findings.append(_two_packages(before, each))
    return united


def _two_packages(before: DesiredSetting, each: DesiredSetting) -> Finding:
    return Finding(
        rule="two-packages",
        message=f"{before.owner} and {each.owner} both give {each.ref} a value, and not the same",
        place=each.place,
        label=f"{before.owner} says otherwise",
        following="a server has one value of it: take it out of one of them",
        related=(Related(message=f"in {before.owner}", place=before.place),),
    )
