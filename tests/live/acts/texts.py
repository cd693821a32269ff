"""Texts: what stands after the first apply, what changes, what is cleared, in which locales."""

from dhis2cfg.catalogue.quirks import database_locales
from dhis2cfg.model.plan import Kind
from tests.live.package import both
from tests.live.stage import Stage, fields


def first_apply_then_nothing(stage: Stage) -> None:
    """The whole package goes in one call, is read back, and nothing is left to do; a second apply agrees."""
    plan = stage.applied()
    adopted = [each.path for each in plan.changes if each.kind is not Kind.CREATE]
    assert adopted == ["by"]
    assert len(plan.steps) == 1
    _, outcome = stage.apply()
    assert (outcome.message, outcome.exit) == ("no changes", 0)


def a_text_changes(stage: Stage) -> None:
    """A base text and an English one of different objects: only those objects are sent."""
    stage.applied()
    stage.package["dataElements"][f"{stage.p}UTFALL"]["formName"] = both("Resultat", "Outcome")
    stage.program["programStages"]["PROVE"]["name"] = both(f"{stage.p}Prøve", f"{stage.p}Sample")
    plan = stage.applied()
    assert plan.steps[0].objects == (
        ("dataElements", f"{stage.p}UTFALL"),
        ("programStages", f"{stage.path}/PROVE"),
    )
    live = stage.live("dataElements", f"{stage.p}UTFALL")
    assert live["formName"] == "Resultat"
    assert {each["value"] for each in live["translations"] if each["property"] == "FORM_NAME"} == {
        "Resultat",
        "Outcome",
    }


def a_dropped_field_is_cleared(stage: Stage) -> None:
    """A description that the package leaves out is cleared on the server, its translations with it."""
    stage.applied()
    del stage.package["dataElements"][f"{stage.p}UTFALL"]["description"]
    del stage.program["description"]
    plan = stage.applied()
    assert ("programs", stage.path, "description") in fields(plan)
    assert "description" not in stage.live("programs", stage.path)
    live = stage.live("dataElements", f"{stage.p}UTFALL")
    assert "description" not in live
    assert {each["property"] for each in live["translations"]} == {"FORM_NAME"}


def a_locale_is_dropped(stage: Stage) -> None:
    """A text without its English form loses every translation that we wrote of it, and keeps the base."""
    stage.applied()
    stage.package["dataElements"][f"{stage.p}DATO"]["name"] = f"{stage.p}Dato"
    stage.applied()
    live = stage.live("dataElements", f"{stage.p}DATO")
    assert (live["name"], live.get("translations") or []) == (f"{stage.p}Dato", [])


def norwegian_goes_where_the_server_looks(stage: Stage) -> None:
    """The base text stands as `nb` and `no`, as far as the server offers them, beside the English one."""
    stage.applied()
    offered = tuple(each["locale"] for each in stage.server.call("GET", "/api/locales/db"))
    live = stage.live("dataElements", f"{stage.p}DATO")
    spoken = {each["locale"] for each in live["translations"]}
    assert spoken == {"en", *database_locales("nb", offered)}


def a_translation_is_removed_by_hand(stage: Stage) -> None:
    """A translation of ours that somebody took away is set back."""
    stage.applied()
    live = stage.live("dataElements", f"{stage.p}DATO")
    left = [each for each in live["translations"] if each["locale"] != "en"]
    stage.edit("dataElements", f"{stage.p}DATO", translations=left)
    plan = stage.applied()
    assert fields(plan) == {
        ("dataElements", f"{stage.p}DATO", f"translations[{name},en]") for name in ("NAME", "SHORT_NAME")
    }


SCENARIOS = (
    first_apply_then_nothing,
    a_text_changes,
    a_dropped_field_is_cleared,
    a_locale_is_dropped,
    norwegian_goes_where_the_server_looks,
    a_translation_is_removed_by_hand,
)
