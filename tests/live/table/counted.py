"""Aggregate data by sex: what is counted, and how, and indicators that name one combination of options."""

from tests.live.stage import Stage
from tests.live.table.row import Row


def counted_by_sex(stage: Stage) -> None:
    """Options, category, combination, elements and an indicator on one of its combinations: all new."""
    p = stage.p
    stage.package["categoryOptions"] = {
        f"{p}{key}": {"name": f"{p}{key}", "shortName": f"{p}{key}", "sharing": "work"}
        for key in ("KVINNE", "MANN")
    }
    by = {"dataDimensionType": "DISAGGREGATION", "sharing": "work"}
    stage.package["categories"] = {
        f"{p}KJONN": {
            "name": f"{p}Kjønn",
            "shortName": f"{p}Kjønn",
            "categoryOptions": [f"{p}KVINNE", f"{p}MANN"],
            **by,
        }
    }
    stage.package["categoryCombos"] = {
        f"{p}ETTER_KJONN": {"name": f"{p}Etter kjønn", "categories": [f"{p}KJONN"], **by}
    }
    number = {"valueType": "INTEGER", "domainType": "AGGREGATE", "aggregationType": "SUM"}
    stage.package["dataElements"] |= {
        f"{p}SYKE": {"name": f"{p}Syke", "categoryCombo": f"{p}ETTER_KJONN", **number},
        f"{p}PROVER": {"name": f"{p}Prøver", **number},
    }
    stage.package["indicatorTypes"] = {f"{p}ANDEL": {"name": f"{p}Andel", "factor": 100, "number": False}}
    stage.package["indicators"] = {
        f"{p}KVINNER": {
            "name": f"{p}Kvinner",
            "shortName": f"{p}Kvinner",
            "sharing": "work",
            "annualized": False,
            "indicatorType": f"{p}ANDEL",
            "numerator": f"#{{{p}SYKE.({p}KVINNE)}}",
            "numeratorDescription": "Kvinner",
            "denominator": f"#{{{p}SYKE}} + #{{{p}PROVER.default}}",
            "denominatorDescription": "Alle",
        }
    }


def made_of(stage: Stage) -> dict[str, str]:
    """Name of the option → UID of the combination that the server made of it."""
    combo = stage.uid("categoryCombos", f"{stage.p}ETTER_KJONN")
    path = f"filter=categoryCombo.id:eq:{combo}&fields=id,categoryOptions%5Bname%5D&paging=false"
    listed = stage.server.call("GET", f"/api/categoryOptionCombos?{path}")["categoryOptionCombos"]
    return {each["categoryOptions"][0]["name"]: each["id"] for each in listed}


def named_and_rolled_back(stage: Stage) -> None:
    """The UIDs of the server stand in the indicator; a rollback takes all of it away again."""
    element = stage.uid("dataElements", f"{stage.p}SYKE")
    found = made_of(stage)
    assert set(found) == {f"{stage.p}KVINNE", f"{stage.p}MANN"}
    live = stage.live("indicators", f"{stage.p}KVINNER")
    assert live["numerator"] == f"#{{{element}.{found[f'{stage.p}KVINNE']}}}"
    told = stage.run("history").out
    run = next(word for word in told.split() if len(word) == 4 and word.isupper() and word.isalnum())
    done = stage.run("rollback", run, "--yes")
    assert done.code == 0, done.said
    assert made_of(stage) == {}


ROWS = (
    Row(
        name="an indicator names an option combination that the server makes in the same apply",
        do=counted_by_sex,
        plan=("3 steps", "once the server has made it"),
        steps="call maintenance call",
        then=named_and_rolled_back,
    ),
)
