"""Laws of resolve over trees that nobody would write: always a state, never an exception."""

from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dhis2cfg.model import tree
from dhis2cfg.model.places import Place
from dhis2cfg.model.sources import FleetSource, LockFile, PackageSource
from dhis2cfg.model.tree import Document
from dhis2cfg.resolve import choose, read_fleet, resolve
from tests.unit.resolve.building import catalogue

HERE = Place(file="p/x.yaml")
WORDS = (
    "A", "B", "a b", "id:abcdefghijk", "default", "A/B", "name", "id", "nb", "code", "parent", "tracing",
    "programs", "programStages", "programRules", "programRuleActions", "programRuleVariables", "dataElement",
    "programStageDataElements", "optionSets", "options", "optionSet", "dataElements", "sharing", "userGroups",
    "public", "attributeValues", "for_each", "condition", "#{A}", "{{x}}", "organisationUnits", "legendSets",
    "legends", "style", "translations", "dashboards", "dashboardItems", "packages", "version", "parameters",
    "locale", "locales", "required", "defaults", "organisationUnit", "servers", "url", "assign", "members",
    "patches", "programs/A", "p", ">=1", "http://a", "true", "12", "", "type", "default", "requires",
    "programIndicators", "filter", "programStageSections", "notificationTemplates", "program", "openingDate",
)  # fmt: skip
TAGS = ("!var", "!tpl", "!once", "!keep", "!secret", "!raw", "!csv", "!other")


def entries(found: Mapping[str, tree.Node]) -> tree.Mapping:
    """A mapping of these keys."""
    made = (tree.Entry(key=key, key_place=HERE, value=value) for key, value in found.items())
    return tree.Mapping(entries=tuple(made), place=HERE)


def scalars() -> st.SearchStrategy[tree.Scalar]:
    """One word, or null."""
    words = st.sampled_from(WORDS).map(lambda text: tree.Scalar(value=text, text=text, place=HERE))
    return st.one_of(words, st.just(tree.Scalar(value=None, text="", place=HERE, plain=True)))


def mappings(values: st.SearchStrategy[tree.Node]) -> st.SearchStrategy[tree.Mapping]:
    """Words with anything behind them, no key twice."""
    pairs = st.dictionaries(st.sampled_from(WORDS), values, max_size=5)
    return pairs.map(entries)


def deeper(values: st.SearchStrategy[tree.Node]) -> st.SearchStrategy[tree.Node]:
    """One level around other nodes."""
    lists = st.lists(values, max_size=3).map(lambda items: tree.Sequence(items=tuple(items), place=HERE))
    tagged = st.tuples(st.sampled_from(TAGS), values).map(
        lambda pair: tree.Tagged(tag=pair[0], value=pair[1], place=HERE)
    )
    return st.one_of(mappings(values), mappings(values), lists, tagged)


NODES: st.SearchStrategy[tree.Node] = st.recursive(scalars(), deeper, max_leaves=25)
TYPES = (
    "programs", "programStages", "programRules", "programRuleActions", "programRuleVariables",
    "programStageSections", "programIndicators", "optionSets", "options", "dataElements", "organisationUnits",
    "userGroups", "legendSets", "dashboards", "programNotificationTemplates", "dataEntryForms", "indicators",
)  # fmt: skip


def objects() -> st.SearchStrategy[Document]:
    """Types with keys with objects, whose properties are anything."""
    inner = st.dictionaries(st.sampled_from(("A", "B", "a", "P_{{x}}")), mappings(NODES), max_size=3).map(
        entries
    )
    types = st.dictionaries(st.sampled_from(TYPES), inner, min_size=1, max_size=4).map(entries)
    return types.map(lambda root: Document(file="p/y.yaml", root=root, text=""))


DOCUMENTS = mappings(NODES).map(lambda root: Document(file="p/x.yaml", root=root, text=""))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS, st.lists(st.one_of(objects(), DOCUMENTS), max_size=3), DOCUMENTS, DOCUMENTS)
def test_any_tree_gives_a_state(
    manifest: Document, documents: list[Document], translations: Document, municipality: Document
) -> None:
    """Whatever stands in the files, there is a state, and the same one every time."""
    source = PackageSource(
        folder="p",
        manifest=manifest,
        documents=tuple(documents),
        translations={"en": translations},
        lock=LockFile(file="p/uids.lock"),
        digest="d",
    )
    fleet, findings = read_fleet(FleetSource(fleet=manifest, municipalities={"by": municipality}))
    sources = {**choose([source]), "A": source, "p": source}
    first = resolve(fleet, fleet.municipalities[0], sources, catalogue(), today="2026-11-25")
    assert first == resolve(fleet, fleet.municipalities[0], sources, catalogue(), today="2026-11-25")
    assert all(finding.rule and finding.message for finding in (*findings, *first[1]))
    assert all(ref == each.ref for ref, each in first[0].objects.items())
