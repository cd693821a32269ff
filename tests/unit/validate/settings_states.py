"""Short constructors of settings, and what a rule finds in them."""

from collections.abc import Callable, Iterator
from typing import Any

from dhis2cfg.catalogue import shipped
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref
from dhis2cfg.model.state import DesiredSetting, PackageUse, State
from dhis2cfg.validate import Package
from dhis2cfg.validate.context import RuleContext, context_for
from tests.unit.validate.states import ALL, at

Check = Callable[[RuleContext], Iterator[Finding]]


def setting(ref: str, value: Any, *, line: int = 1, keep: bool = False, **texts: str) -> DesiredSetting:
    """A setting by `type/PATH`."""
    type_name, _, path = ref.partition("/")
    return DesiredSetting(
        ref=Ref(type_name, path), owner="demo", place=at(line), value=value, texts=texts, keep=keep
    )


def found_in(check: Check, *settings: DesiredSetting, versions: tuple[str, ...] = ALL) -> list[Finding]:
    """What a rule finds where a package that claims these versions asks for these settings."""
    state = State(
        municipality="tromso",
        packages=(PackageUse(name="demo", version="1.0.0", locale="nb", digest=""),),
        objects={},
        settings={each.ref: each for each in settings},
    )
    packages = {"demo": Package(name="demo", versions=versions)}
    context = context_for(state, packages, {version: shipped.load(version) for version in ALL})
    return list(check(context))


def told(check: Check, *settings: DesiredSetting, versions: tuple[str, ...] = ALL) -> list[str]:
    """The messages."""
    return [each.message for each in found_in(check, *settings, versions=versions)]
