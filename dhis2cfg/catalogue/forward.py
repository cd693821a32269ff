"""References to what a call saves later, and checks that read what is stored (facts §5.3, §17).

DHIS2 saves a call type by type, in the order of its schemas. A reference to an object that is not saved yet
passes validation and is silently dropped, unless something brings it back. The table is closed: a reference
of a catalogue that it does not know fails a test, so that a new version cannot lose links unseen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from dhis2cfg.catalogue.policy import policy
from dhis2cfg.catalogue.reading.build import NO_ORDER
from dhis2cfg.catalogue.types import Catalogue, MetadataType, Policy, Shape


class Fate(Enum):
    """What becomes of a forward reference within one call."""

    RESCUED = "rescued"
    LOST = "lost"
    KEPT = "kept"
    BY_POSITION = "kept where the list is in order"
    OUT_OF_SCOPE = "out of scope"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """One property of `type` that points at a `target` saved later, or at an `equal` place in the order.

    `property` is a path where it lies inside embedded children. `by` says what rescues it.
    """

    type: str
    property: str
    target: str
    fate: Fate
    equal: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCheck:
    """A check that reads the database, not the call, so that both must not go in one.

    An object of `type` whose `property` names X is refused with `code` where X comes into `collection` of an
    object of one of `holders` in the same call; `new_holder`: where the holder itself is new in the call.
    """

    code: str
    type: str
    property: str
    holders: tuple[str, ...]
    collection: str
    new_holder: bool
    reason: str


FORWARD = (
    Forward(type="attributes", property="optionSet", target="optionSets", fate=Fate.LOST),
    Forward(type="dataSets", property="workflow", target="dataApprovalWorkflows", fate=Fate.LOST),
    Forward(
        type="programStageSections",
        property="programIndicators",
        target="programIndicators",
        fate=Fate.LOST,
    ),
    Forward(
        type="options", property="optionSet", target="optionSets", fate=Fate.RESCUED, by="optionSet.options"
    ),
    Forward(
        type="programStages",
        property="program",
        target="programs",
        fate=Fate.RESCUED,
        by="program.programStages",
    ),
    Forward(
        type="programStageSections",
        property="programStage",
        target="programStages",
        fate=Fate.RESCUED,
        by="programStage.programStageSections",
    ),
    Forward(
        type="programRuleActions",
        property="programRule",
        target="programRules",
        fate=Fate.RESCUED,
        by="programRule.programRuleActions",
    ),
    Forward(
        type="programs",
        property="programSections",
        target="programSections",
        fate=Fate.RESCUED,
        by="programSection.program",
    ),
    Forward(type="users", property="organisationUnits", target="organisationUnits", fate=Fate.OUT_OF_SCOPE),
    Forward(
        type="users",
        property="dataViewOrganisationUnits",
        target="organisationUnits",
        fate=Fate.OUT_OF_SCOPE,
    ),
    Forward(
        type="users",
        property="teiSearchOrganisationUnits",
        target="organisationUnits",
        fate=Fate.OUT_OF_SCOPE,
    ),
    Forward(type="users", property="catDimensionConstraints", target="categories", fate=Fate.OUT_OF_SCOPE),
    Forward(
        type="users",
        property="cogsDimensionConstraints",
        target="categoryOptionGroupSets",
        fate=Fate.OUT_OF_SCOPE,
    ),
    Forward(type="smsCommands", property="program", target="programs", fate=Fate.LOST, by="nobody tried it"),
    Forward(
        type="eventCharts",
        property="programIndicatorDimensions.programIndicator",
        target="programIndicators",
        fate=Fate.LOST,
        by="nobody tried it",
    ),
    Forward(
        type="optionGroupSets", property="optionGroups", target="optionGroups", fate=Fate.LOST, equal=True
    ),
    Forward(type="reports", property="visualization", target="visualizations", fate=Fate.LOST, equal=True),
    Forward(
        type="smsCommands",
        property="programStage",
        target="programStages",
        fate=Fate.LOST,
        equal=True,
        by="nobody tried it",
    ),
    Forward(
        type="organisationUnits", property="parent", target="organisationUnits", fate=Fate.KEPT, equal=True
    ),
    Forward(type="programs", property="relatedProgram", target="programs", fate=Fate.KEPT, equal=True),
    Forward(
        type="userGroups", property="managedGroups", target="userGroups", fate=Fate.BY_POSITION, equal=True
    ),
)
"""14 references to later types, 1 inside a child, 6 between equals; the same in three versions.

The four references of embedded children back to their own parent come with the parent and are none of ours.
"""

STORED_CHECKS = (
    StoredCheck(
        code="E4047",
        type="programRuleActions",
        property="dataElement",
        holders=("programStages",),
        collection="programStageDataElements",
        new_holder=False,
        reason="a rule acts on an element that an existing stage gains in the same call (facts §17.2)",
    ),
    StoredCheck(
        code="E4048",
        type="programRuleActions",
        property="trackedEntityAttribute",
        holders=("programs",),
        collection="programTrackedEntityAttributes",
        new_holder=False,
        reason="a rule acts on an attribute that an existing program gains in the same call (facts §17.2)",
    ),
    StoredCheck(
        code="E4314",
        type="relationshipTypes",
        property="trackerDataView",
        holders=("programStages", "programs", "trackedEntityTypes"),
        collection="",
        new_holder=True,
        reason="a view of data is checked against what its type or stage holds already (facts §17.2)",
    ),
)
"""The codes that a dry run of several calls as one may excuse (design §7)."""


def row(type_name: str, path: str) -> Forward | None:
    """The row of a reference, or None where it points at nothing later."""
    return next((each for each in FORWARD if (each.type, each.property) == (type_name, path)), None)


def must_be_sent_again(type_name: str, path: str) -> bool:
    """Whether the reference is lost when its target is new in the same call.

    Types of equal order are saved in an order that changes from start to start of a server (facts §19.3a).
    """
    found = row(type_name, path)
    return found is not None and found.fate is Fate.LOST


def forward_references(catalogue: Catalogue) -> frozenset[tuple[str, str, str, bool]]:
    """Every reference of ours that points forward in the catalogue: type, path, target, of equal order."""
    return frozenset(
        (kind.name, path, target, catalogue.types[target].order == kind.order)
        for kind in catalogue.types.values()
        for path, target in _references(catalogue, kind, ())
        if kind.order != NO_ORDER and catalogue.types[target].order >= kind.order
    )


def _references(catalogue: Catalogue, kind: MetadataType, seen: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name, entry in kind.properties.items():
        if policy(catalogue, kind.name, name) not in {Policy.OWNED, Policy.MERGED}:
            continue
        if entry.shape in {Shape.REFERENCE, Shape.REFERENCES}:
            yield name, entry.target
        elif entry.shape in {Shape.CHILD, Shape.CHILDREN} and entry.target not in seen:
            inner = _references(catalogue, catalogue.embedded[entry.target], (*seen, entry.target))
            yield from ((f"{name}.{path}", target) for path, target in inner)
