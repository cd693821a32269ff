"""What does not travel through /api/metadata: maps, charts of fixed periods, settings, entries, secrets."""

import json

from tests.live.package import both, secret
from tests.live.stage import Stage, fields

PASSWORD, TOKEN, OTHER = "zt-Passw0rd-ø/1", "zt-T0ken-22222", "zt-T0ken-33333"


def maps_and_charts_of_fixed_periods(stage: Stage) -> None:
    """They go in whole by their own endpoints, rest, change, and keep the ids of their views."""
    p = stage.p
    stage.package["dataElements"][f"{p}TALL"] = {
        "name": f"{p}Tall",
        "valueType": "INTEGER",
        "domainType": "AGGREGATE",
        "aggregationType": "SUM",
    }
    items = [{"dataDimensionItemType": "DATA_ELEMENT", "dataElement": f"{p}TALL"}]
    view = {
        "name": f"{p}Visning",
        "layer": "thematic",
        "opacity": 0.9,
        "classes": 2,
        "method": 2,
        "thematicMapType": "CHOROPLETH",
        "renderingStrategy": "SINGLE",
        "userOrganisationUnit": True,
        "columnDimensions": ["dx"],
        "filterDimensions": ["pe"],
        "rawPeriods": ["THIS_YEAR"],
        "dataDimensionItems": items,
    }
    chart = {
        "name": both(f"{p}Diagram", f"{p}Chart"),
        "type": "COLUMN",
        "sharing": "look",
        "columnDimensions": ["dx"],
        "rowDimensions": ["pe"],
        "filterDimensions": ["ou"],
        "rawPeriods": ["202401", "LAST_12_MONTHS"],
        "userOrganisationUnit": True,
        "dataDimensionItems": items,
    }
    a_map = {"name": both(f"{p}Kart", f"{p}Map"), "sharing": "look", "mapViews": {"one": view}}
    stage.package |= {
        "maps": {f"{p}KART": a_map},
        "visualizations": {f"{p}DIAGRAM": chart},
        "dashboards": {
            f"{p}TAVLE": {
                "name": f"{p}Tavle",
                "sharing": "look",
                "dashboardItems": {
                    "map": {"map": f"{p}KART", "x": 0, "y": 0, "width": 20, "height": 20},
                    "chart": {"visualization": f"{p}DIAGRAM", "x": 20, "y": 0, "width": 20, "height": 20},
                },
            }
        },
    }
    plan = stage.applied()
    assert [step.kind.value for step in plan.steps][:3] == ["call", "own", "call"]
    before = stage.live("maps", f"{p}KART")["mapViews"]
    assert [len(each["dataDimensionItems"]) for each in before] == [1]
    view["opacity"] = 0.5
    chart["rawPeriods"] = ["202402", "LAST_12_MONTHS"]
    chart["name"] = both(f"{p}Søyler", f"{p}Columns")
    stage.applied()
    (after,) = stage.live("maps", f"{p}KART")["mapViews"]
    assert (after["id"], after["opacity"]) == (before[0]["id"], 0.5)
    live = stage.live("visualizations", f"{p}DIAGRAM")
    assert sorted(live["rawPeriods"]) == ["202402", "LAST_12_MONTHS"]
    assert f"{p}Columns" in {each["value"] for each in live["translations"]}
    assert len(stage.live("dashboards", f"{p}TAVLE")["dashboardItems"]) == 2


def settings_and_entries(stage: Stage) -> None:
    """Set, set back, given per locale, left out again: the default is back, and our entry is gone."""
    for key in ("applicationTitle", "factorDeviation", "keyAnalysisDisplayProperty"):
        stage.will_put_back(key)
    space = stage.name
    stage.package |= {
        "systemSettings": {
            "applicationTitle": both(f"{stage.p}Tittel", f"{stage.p}Title"),
            "factorDeviation": 3.5,
            "keyAnalysisDisplayProperty": "SHORTNAME",
        },
        "dataStore": {space: {"layout": {"columns": [1, 2.5, None, "æ"], "open": True}, "count": 5}},
    }
    plan = stage.applied()
    assert next(step.kind.value for step in plan.steps) == "setting"
    assert stage.server.call("GET", f"/api/dataStore/{space}/layout")["columns"] == [1, 2.5, None, "æ"]
    stage.server.call("POST", "/api/systemSettings", {"factorDeviation": "4.5"})
    stage.server.call("PUT", f"/api/dataStore/{space}/count", 7)
    assert fields(stage.applied()) == {
        ("systemSettings", "factorDeviation", "value"),
        ("dataStore", f"{space}/count", "value"),
    }
    del stage.package["systemSettings"], stage.package["dataStore"]
    stage.applied()
    assert stage.server.call("GET", "/api/systemSettings?key=factorDeviation") == {"factorDeviation": 2.0}
    assert space not in stage.server.call("GET", "/api/dataStore")


def secrets_by_name(stage: Stage) -> None:
    """They reach the server, are told to nobody, survive an update, and are sent anew when asked for."""
    p = stage.p
    stage.environ = {
        **stage.server.environ,
        "DHIS2CFG_SECRET__ZT_PASSWORD": PASSWORD,
        "DHIS2CFG_SECRET__ZT_TOKEN": TOKEN,
    }
    route = {
        "name": f"{p}Rute",
        "code": f"{p}RUTE",
        "url": "https://example.org/api",
        "headers": {},
        "authorities": [],
        "auth": {"type": "http-basic", "username": "robot", "password": secret("ZT_PASSWORD")},
        "sharing": {"public": "--------"},
    }
    stage.package |= {
        "routes": {f"{p}RUTE": route},
        "eventHooks": {
            f"{p}KROK": {
                "name": f"{p}Krok",
                "disabled": True,
                "source": {"path": "metadata", "fields": "id,name"},
                "targets": [
                    {
                        "type": "webhook",
                        "clientId": "zt",
                        "url": "https://example.org",
                        "auth": {"type": "api-token", "token": secret("ZT_TOKEN")},
                    }
                ],
                "sharing": {"public": "--------"},
            }
        },
    }
    plan = stage.applied()
    told = [json.dumps(step.body, ensure_ascii=False) for step in plan.steps]
    keys = stage.server.call("GET", "/api/dataStore/dhis2cfg")
    told += [
        json.dumps(stage.server.call("GET", f"/api/dataStore/dhis2cfg/{key}"), ensure_ascii=False)
        for key in keys
    ]
    told += [json.dumps(stage.live("eventHooks", f"{p}KROK"))]
    assert not any(PASSWORD in each or TOKEN in each for each in told)
    route["name"] = f"{p}Ruten"
    assert fields(stage.applied()) == {("routes", f"{p}RUTE", "name")}
    stage.environ = {**stage.environ, "DHIS2CFG_SECRET__ZT_TOKEN": OTHER}
    stage.rests()
    renewed = stage.run("apply", "--yes", "--renew-secrets")
    assert renewed.code == 0, renewed.said
    stage.rests()


SCENARIOS = (maps_and_charts_of_fixed_periods, settings_and_entries, secrets_by_name)
