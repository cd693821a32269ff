"""Which municipalities and servers a command means: names, numbers, globs, waves, environment (design §8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from dhis2cfg.errors import UsageError
from dhis2cfg.model.fleet import Fleet, Municipality, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What was asked for on the command line."""

    municipalities: tuple[str, ...] = ()
    everything: bool = False
    exclude: tuple[str, ...] = ()
    wave: str = ""
    environment: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said of which municipalities are meant."""
        return not (self.municipalities or self.everything or self.wave)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One target with all municipalities that contribute to it, and the names of those that are meant."""

    target: Target
    municipalities: tuple[Municipality, ...]
    meant: tuple[str, ...]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Who contributes to the target too and is not meant."""
        return tuple(each.name for each in self.municipalities if each.name not in self.meant)


def choose(fleet: Fleet, selection: Selection, *, all_is_default: bool) -> tuple[Chosen, ...]:
    """The targets that are meant, each once, in the order of the fleet.

    Without a selection: all of them where `all_is_default` (they are only read), else the only one there is.
    """
    meant = _meant(fleet, selection, all_is_default=all_is_default)
    environment = selection.environment or _environment(fleet)
    chosen: dict[str, list[tuple[Target, Municipality]]] = {}
    for each in meant:
        target = each.servers.get(environment) or _only(each, selection)
        if target is None:
            known = ", ".join(sorted(each.servers)) or "none"
            raise UsageError(
                f"{each.name} has no server in the environment {environment}",
                details=(f"its environments: {known}",),
                following=("choose one with --env",),
            )
        chosen.setdefault(target.url, []).append((target, each))
    return tuple(_together(fleet, several) for several in chosen.values())


def refuse_partial(chosen: Iterable[Chosen]) -> None:
    """An apply changes what all municipalities of a server have, so all of them must be meant (design §5)."""
    for each in chosen:
        if each.left_out:
            named = " ".join(f"-m {municipality.name}" for municipality in each.municipalities)
            raise UsageError(
                f"{each.target.name} serves {', '.join(each.left_out)} too",
                details=("an apply changes a server for all of its municipalities; nothing was written",),
                following=(f"name all of them: {named}",),
            )


def _only(municipality: Municipality, selection: Selection) -> Target | None:
    """The only server there is, where no environment was named."""
    if selection.environment or len(municipality.servers) != 1:
        return None
    return next(iter(municipality.servers.values()))


def _environment(fleet: Fleet) -> str:
    names = {name for each in fleet.municipalities for name in each.servers}
    return next(iter(names)) if len(names) == 1 else "prod"


def _together(fleet: Fleet, several: Sequence[tuple[Target, Municipality]]) -> Chosen:
    """One server with those of its municipalities that are meant, and all that contribute to it."""
    target = several[0][0]
    every = {each.name: each for each in (*fleet.municipalities, *(one for _, one in several))}
    return Chosen(
        target=target,
        municipalities=tuple(
            fleet.in_environment(every[name], target.environment) for name in target.municipalities
        ),
        meant=tuple(each.name for _, each in several),
    )


def _meant(fleet: Fleet, selection: Selection, *, all_is_default: bool) -> tuple[Municipality, ...]:
    every = fleet.municipalities
    if selection.is_empty and not all_is_default and len(every) != 1:
        raise UsageError(
            "which municipalities? There is more than one",
            details=tuple(f"{each.name}    {each.number}    {each.title}" for each in every),
            following=("name them with -m (name, number or glob, repeatable), or say --all",),
        )
    meant = every if selection.is_empty or selection.everything else _named(every, fleet, selection)
    _must_be_known(every, selection.exclude)
    left = tuple(each for each in meant if not any(is_called(each, name) for name in selection.exclude))
    if not left:
        raise UsageError("no municipality is left to work on", following=("see the names: dhis2cfg status",))
    return left


def _named(every: Sequence[Municipality], fleet: Fleet, selection: Selection) -> tuple[Municipality, ...]:
    _must_be_known(every, selection.municipalities)
    in_wave = _wave(fleet, selection.wave)
    return tuple(
        each
        for each in every
        if each.name in in_wave or any(is_called(each, pattern) for pattern in selection.municipalities)
    )


def _must_be_known(every: Sequence[Municipality], patterns: Iterable[str]) -> None:
    """A name that means nobody is a slip, also where it would leave somebody out."""
    for pattern in patterns:
        if not any(is_called(each, pattern) for each in every):
            raise UsageError(
                f"no municipality is called {pattern}",
                details=(f"there are: {', '.join(each.name for each in every) or 'none'}",),
            )


def _wave(fleet: Fleet, wave: str) -> set[str]:
    """The names of a wave; what an earlier one has is not in a later one's `*`."""
    if not wave:
        return set()
    if wave not in fleet.waves:
        raise UsageError(f"there is no wave {wave}", details=(f"waves: {', '.join(fleet.waves) or 'none'}",))
    names = list(fleet.waves)
    before = {each for name in names[: names.index(wave)] for each in _expanded(fleet, fleet.waves[name])}
    return _expanded(fleet, fleet.waves[wave]) - before


def _expanded(fleet: Fleet, patterns: Iterable[str]) -> set[str]:
    """The names behind a wave's patterns."""
    several = list(patterns)
    return {each.name for each in fleet.municipalities if any(is_called(each, one) for one in several)}


def is_called(municipality: Municipality, pattern: str) -> bool:
    """Whether a name, number or glob means this municipality, or the server that it shares with others."""
    shared = [each.name for each in municipality.servers.values() if len(each.municipalities) > 1]
    names = (municipality.name, municipality.number, municipality.title, *shared)
    return any(fnmatchcase(name.lower(), pattern.lower()) for name in names if name)
