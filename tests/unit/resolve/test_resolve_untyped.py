"""Tests of trees that `load` would have refused: what has no form is told or left out, and nothing breaks."""

from dataclasses import replace

import pytest

from dhis2cfg.model.findings import Finding
from dhis2cfg.model.names import Foreign, Ref, Uid
from dhis2cfg.model.sources import LockFile, PackageSource
from dhis2cfg.model.state import Child, Formula, Opaque, Value
from dhis2cfg.model.tree import Document
from dhis2cfg.resolve import ResolvedPackage, resolve_package
from dhis2cfg.resolve.nodes import same, typed_integer
from tests.unit.resolve.building import a_tree, catalogue, values, without_lock

MANIFEST = "{name: p, version: 1.0.0, locale: nb, locales: {optional: [se]}}"


def a_package(text: str, *, translations: str = "") -> tuple[ResolvedPackage, list[Finding]]:
    """A package of one file, and translations, whose trees no form was laid over."""
    source = PackageSource(
        folder="p",
        manifest=Document(file="p/package.yaml", root=a_tree(MANIFEST), text=MANIFEST),
        documents=(Document(file="p/x.yaml", root=a_tree(text), text=text),),
        translations={"se": Document(file="p/translations/se.yaml", root=a_tree(translations), text="")},
        lock=LockFile(file="p/uids.lock"),
        digest="",
    )
    package, findings = resolve_package(source, catalogue())
    return package, without_lock(findings)


STAGE = "programs: {P: {name: P, programStages: {S: "


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("users: {A: {name: A}}", "a package may not hold users"),
        ("constants: {A: text}", "constants/A is no object"),
        (
            "programs: {P: {programStages: [[A]]}}",
            "programStages is a mapping of key → object, or a list of keys",
        ),
        (
            "programs: {P: {programStages: text}}",
            "programStages is a mapping of key → object, or a list of keys",
        ),
        (
            "programs: {P: {programRules: {R: {programRuleActions: [[A]]}}}}",
            "programRuleActions is a mapping of key → object, or a list of keys",
        ),
        ("constants: {A: {value: [1]}}", "value is one value"),
        ("constants: {A: {name: [1]}}", "name is a text"),
        ("constants: {A: {name: {nb: [1]}}}", "name is a text"),
        ("constants: {A: {translations: []}}", "translations cannot be written"),
        ("constants: {A: {attributeValues: [1]}}", "attributeValues is a mapping"),
        ("constants: {A: {sharing: [1]}}", "this is no sharing"),
        ("dataElements: {A: {aggregationLevels: [{a: 1}]}}", "aggregationLevels is a list of values"),
        ("dataElements: {A: {optionSet: [1]}}", "this names no option set"),
        ("dataElements: {A: {optionSet: {id: abcdefghijk, name: x}}}", "this names no option set"),
        ("optionGroups: {A: {options: text}}", "options is a list of keys"),
        ("programs: {P: {style: red}}", "style is a mapping"),
        ("legendSets: {A: {legends: text}}", "legends is a list or a mapping"),
        ("legendSets: {A: {legends: [text]}}", "a legend is a mapping"),
        (STAGE + "{programStageDataElements: [[A]]}}}}", "this names no data element"),
    ],
)
def test_what_has_no_form_is_told(text: str, message: str) -> None:
    """A value of another form than its property needs is a finding, and is left out."""
    _, findings = a_package(text)
    assert message in [each.message for each in findings]


@pytest.mark.parametrize(
    "text",
    [
        "nothing: {A: {name: A}}",
        "constants: text",
        "constants: {A: }",
        "constants: {A: {nothing: 1}}",
        "constants: {A: {value: many}}",
        "options: {A: {optionSet: S}}\noptionSets: {S: {options: [A]}}",
        "constants: {A: {for_each: text, name: A}}",
    ],
)
def test_what_load_tells_is_not_told_again(text: str) -> None:
    """Names that nobody knows and numbers that are none are findings of form."""
    _, findings = a_package(text)
    assert [each for each in findings if each.rule == "wrong-form"] == []


def a_value(text: str, name: str, prop: str) -> Value:
    """One value of a package."""
    package, _ = a_package(text)
    return values(package.objects, name)[prop]


def test_an_option_may_be_its_name_in_languages_alone() -> None:
    """Where every key is a language of the package, the mapping is the name."""
    package, findings = a_package("optionSets: {S: {options: {A: {nb: Ja, se: De}, B: {id: abcdefghijk}}}}")
    assert findings == []
    name = values(package.objects, "options/S/A")["name"]
    assert (getattr(name, "base", ""), getattr(name, "locales", {})) == ("Ja", {"se": "De"})
    assert package.objects[Ref("options", "S/B")].uid == "abcdefghijk"


def test_views_of_maps_keep_what_no_schema_knows() -> None:
    """A class that is stored as JSON keeps unknown properties as they are; its references are references."""
    views = a_value(
        "maps: {M: {mapViews: [{layer: thematic, odd: {a: [x]}, program: 'id:abcdefghijk'}]}}",
        "maps/M",
        "mapViews",
    )
    assert isinstance(views, tuple)
    (view,) = views
    assert isinstance(view, Child)
    assert view.fields["odd"].value == Opaque(json={"a": ["x"]})
    assert view.fields["program"].value == Foreign("programs", Uid("abcdefghijk"))


def test_a_period_is_its_id() -> None:
    """The `id` of a child whose id is its content is a property like any other."""
    views = a_value("maps: {M: {mapViews: [{periods: [{id: 202601}]}]}}", "maps/M", "mapViews")
    assert isinstance(views, tuple)
    (view,) = views
    assert isinstance(view, Child)
    periods = view.fields["periods"].value
    assert isinstance(periods, tuple)
    assert isinstance(periods[0], Child)
    assert (periods[0].id, periods[0].fields["id"].value) == (None, "202601")


def test_uids_that_are_texts_are_written_by_key() -> None:
    """A template of an action, attributes of a view: text on the wire, keys in the file."""
    text = """
        programNotificationTemplates: {N: {name: N}}
        trackedEntityAttributes: {A: {name: A}}
        programs:
          P:
            programRules:
              R: {programRuleActions: [{programRuleActionType: SENDMESSAGE, templateUid: N}]}
        relationshipTypes: {T: {fromConstraint: {trackerDataView: {attributes: [A, X]}}}}
        """
    action = a_value(text, "programRuleActions/P/R/SENDMESSAGE_N", "templateUid")
    assert action == Formula(parts=(Ref("programNotificationTemplates", "N"),))
    constraint = a_value(text, "relationshipTypes/T", "fromConstraint")
    assert isinstance(constraint, Child)
    view = constraint.fields["trackerDataView"].value
    assert isinstance(view, Child)
    assert view.fields["attributes"].value == (Formula(parts=(Ref("trackedEntityAttributes", "A"),)),)


def test_other_tags_are_read_through() -> None:
    """A tag that `load` left behind changes nothing of the value."""
    package, _ = a_package(
        "constants: {A: {value: !csv 1, code: !raw x, description: !secret }}\n"
        "organisationUnits: {O: {geometry: {type: !file Point}}}"
    )
    fields = values(package.objects, "constants/A")
    assert (fields["value"], fields["code"]) == (1, "x")
    assert values(package.objects, "organisationUnits/O")["geometry"] == Opaque(json={"type": "Point"})


def test_trees_are_compared_by_what_they_say() -> None:
    """Two nodes of different kinds never say the same."""
    tree = a_tree("{a: x, b: [x], c: {d: x}, e: !once x, f: , g: !keep x}")
    one = {entry.key: entry.value for entry in tree.entries}
    assert all(same(node, node) for node in one.values())
    assert not any(same(one[first], one[second]) for first in one for second in one if first != second)
    assert same(None, None)


def test_whole_numbers_are_read() -> None:
    """A sign may stand before digits; nothing else is a whole number."""
    assert (typed_integer("-12"), typed_integer("1.0")) == (-12, None)


def test_translations_without_form_are_told() -> None:
    """What is not translated is told; a null says nothing, and joins nothing."""
    package, findings = a_package(
        "constants: {A: {name: A, value: 1, description: ~}}",
        translations="constants: {A: {value: 2, name: ~, description: B}}",
    )
    assert [each.message for each in findings] == ["value of constants is not translated"]
    assert getattr(values(package.objects, "constants/A")["name"], "locales", None) == {}
    assert values(package.objects, "constants/A")["description"] is None


def test_values_of_turns_may_be_deep() -> None:
    """A table gives a turn texts by locale; what is no key makes no turn."""
    package, findings = a_package(
        "constants: {'A_{{n}}': {for_each: {n: {a: {text: {nb: Ja}}}}, name: !tpl '{{n.text.nb}}'},"
        " 'B_{{n}}': {for_each: {n: [[x], b]}, name: B}}"
    )
    assert findings == []
    assert {ref.path for ref in package.objects} == {"A_a", "B_b"}
    assert getattr(values(package.objects, "constants/A_a")["name"], "base", "") == "Ja"


def test_what_cannot_be_read_is_left_out() -> None:
    """Unknown properties of children, children's references to nothing, values of lists that are none."""
    package, findings = a_package(
        "legendSets: {L: {legends: [{odd: 1, startValue: low, endValue: 1}]}}\n"
        "dataElements: {D: {aggregationLevels: [x, 2], legendSets: [M]}}"
    )
    assert [each.message for each in findings] == ["legend set M does not exist"]
    legends = values(package.objects, "legendSets/L")["legends"]
    assert isinstance(legends, tuple)
    assert isinstance(legends[0], Child)
    assert list(legends[0].fields) == ["endValue"]
    assert values(package.objects, "dataElements/D")["aggregationLevels"] == (2,)


def test_a_class_that_the_catalogue_lacks_is_kept_as_it_is() -> None:
    """Where a version describes no class, what was written is passed on as JSON."""
    text = "programs: {P: {style: {color: red}}}\nlegendSets: {L: {legends: [{name: A}]}}"
    source = PackageSource(
        folder="p",
        manifest=Document(file="p/package.yaml", root=a_tree(MANIFEST), text=MANIFEST),
        documents=(Document(file="p/x.yaml", root=a_tree(text), text=text),),
        translations={},
        lock=LockFile(file="p/uids.lock"),
        digest="",
    )
    package, _ = resolve_package(source, replace(catalogue(), embedded={}))
    assert values(package.objects, "programs/P")["style"] == Opaque(json={"color": "red"})
    assert values(package.objects, "legendSets/L")["legends"] == Opaque(json=[{"name": "A"}])
