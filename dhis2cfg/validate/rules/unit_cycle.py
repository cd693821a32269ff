"""Organisation units that are their own ancestors."""

from collections.abc import Iterator

from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Ref
from dhis2cfg.validate.context import RuleContext
from dhis2cfg.validate.pages import Page
from dhis2cfg.validate.values import reference_of

PAGE = Page(
    rule="unit-cycle",
    what="An organisation unit stands below itself.",
    why="DHIS2 2.41 and 2.43 store it with 200, and the hierarchy is broken from then on.",
    wrong="""
organisationUnits:
  NO_OST: {name: Øst, openingDate: 2020-01-01, parent: NO_VEST}
  NO_VEST: {name: Vest, openingDate: 2020-01-01, parent: NO_OST}
""",
    right="""
organisationUnits:
  NO_OST: {name: Øst, openingDate: 2020-01-01, parent: NO_KOMMUNE}
  NO_VEST: {name: Vest, openingDate: 2020-01-01, parent: NO_KOMMUNE}
""",
)


def check(context: RuleContext) -> Iterator[Finding]:
    """One finding for each cycle, at its first unit by name."""
    parents = {unit.ref: reference_of(unit.fields, "parent") for unit in context.of("organisationUnits")}
    done: set[Ref] = set()
    for unit in parents:
        way: list[Ref] = []
        current: Ref | None = unit
        while current is not None and current not in done and current in parents:
            done.add(current)
            way.append(current)
            current = parents[current]
        if current in way:
            cycle = way[way.index(current) :]
            first = context.state.objects[min(cycle)]
            turned = [*cycle[cycle.index(first.ref) :], *cycle[: cycle.index(first.ref)], first.ref]
            yield PAGE.finding(
                f"organisation unit {first.ref.path} stands below itself",
                first.fields["parent"].place,
                label=" → ".join(ref.path for ref in turned),
                following="give one of them a parent outside this circle",
            )
