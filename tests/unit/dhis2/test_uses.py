"""Who refers to an object: by reference, in sharing, in texts; and what is no answer."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson
import pytest

from dhis2cfg.catalogue import shipped
from dhis2cfg.dhis2.credentials import Credentials, origin_of
from dhis2cfg.dhis2.reads.uses import places, uses
from dhis2cfg.dhis2.session import Session
from dhis2cfg.model.http import Request, Response
from dhis2cfg.model.names import Uid
from dhis2cfg.model.questions import Use
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.bridge import SandboxTransport
from dhis2cfg.sandbox.seed import ADMIN, PASSWORD, make_instance
from tests.unit.dhis2.fakes import URL, FakeClock, json_answer, session_over

CATALOGUE = shipped.load("2.42")
ELEMENT, PROGRAM, STAGE, GROUP, RULE, VARIABLE, BOARD, PICTURE, INDICATOR = map(
    Uid,
    (
        "DeElement01", "ProgProg001", "StageStage1", "GroupGroup1", "RuleRule001", "VarVariab01",
        "DashDash001", "VisVisVis01", "IndIndica01",
    ),
)  # fmt: skip

NAMED = {"valueType": "NUMBER", "domainType": "TRACKER", "aggregationType": "NONE"}
OBJECTS: Mapping[str, list[dict[str, Any]]] = {
    "userGroups": [{"id": GROUP, "name": "Sporere"}],
    "dataElements": [{"id": ELEMENT, "name": "Temp", "shortName": "Temp", **NAMED}],
    "programs": [
        {
            "id": PROGRAM,
            "name": "Indeks",
            "shortName": "Indeks",
            "programType": "WITHOUT_REGISTRATION",
            "programStages": [{"id": STAGE}],
            "sharing": {
                "public": "--------",
                "users": {},
                "userGroups": {GROUP: {"id": GROUP, "access": "r-------"}},
            },
        },
        {
            "id": "ProgProg002",
            "name": "Annet",
            "shortName": "Annet",
            "programType": "WITHOUT_REGISTRATION",
            "sharing": {"public": "--------", "users": {}, "userGroups": {}},
        },
    ],
    "programStages": [
        {
            "id": STAGE,
            "name": "Prøve",
            "program": {"id": PROGRAM},
            "minDaysFromStart": 0,
            "programStageDataElements": [{"dataElement": {"id": ELEMENT}}],
        }
    ],
    "programIndicators": [
        {
            "id": INDICATOR,
            "name": "Febrile",
            "shortName": "Febrile",
            "program": {"id": PROGRAM},
            "analyticsType": "EVENT",
            "aggregationType": "COUNT",
            "expression": "V{event_count}",
            "filter": f"#{{{STAGE}.{ELEMENT}}} > 38",
        }
    ],
    "programRuleVariables": [
        {
            "id": VARIABLE,
            "name": "temp",
            "program": {"id": PROGRAM},
            "programRuleVariableSourceType": "DATAELEMENT_CURRENT_EVENT",
            "dataElement": {"id": ELEMENT},
        },
        {
            "id": "VarVariab02",
            "name": "temp",
            "program": {"id": "ProgProg002"},
            "programRuleVariableSourceType": "CALCULATED_VALUE",
            "valueType": "NUMBER",
        },
    ],
    "programRules": [
        {
            "id": RULE,
            "name": "Feber",
            "program": {"id": PROGRAM},
            "condition": "#{temp} > 38",
            "programRuleActions": [{"id": "ActionActi1"}, {"id": "ActionActi2"}],
        },
        {
            "id": "RuleRule002",
            "name": "Alltid",
            "program": {"id": PROGRAM},
            "condition": "true",
            "programRuleActions": [],
        },
        {
            "id": "RuleRule003",
            "name": "Feber",
            "program": {"id": "ProgProg002"},
            "condition": "#{temp} > 39",
            "programRuleActions": [{"id": "ActionActi3"}],
        },
    ],
    "programRuleActions": [
        {
            "id": "ActionActi1",
            "programRule": {"id": RULE},
            "programRuleActionType": "DISPLAYTEXT",
            "location": "feedback",
            "content": "Målt",
            "data": "#{temp}",
        },
        *(
            {
                "id": uid,
                "programRule": {"id": rule},
                "programRuleActionType": "DISPLAYTEXT",
                "location": "feedback",
                "content": "Målt",
            }
            for uid, rule in (("ActionActi2", RULE), ("ActionActi3", "RuleRule003"))
        ),
    ],
    "visualizations": [
        {
            "id": PICTURE,
            "name": "Kurve",
            "type": "LINE",
            "dataDimensionItems": [
                {"dataDimensionItemType": "PROGRAM_INDICATOR", "programIndicator": {"id": INDICATOR}}
            ],
            "columnDimensions": ["dx"],
            "rowDimensions": ["pe"],
            "filterDimensions": ["ou"],
        }
    ],
    "dashboards": [
        {
            "id": BOARD,
            "name": "Tavle",
            "dashboardItems": [
                {"id": "ItemItem001", "type": "VISUALIZATION", "visualization": {"id": PICTURE}}
            ],
        }
    ],
}


@pytest.fixture(scope="module")
def session() -> Session:
    """A session on an embedded server on which all of it stands."""
    url = "http://127.0.0.1:8042"
    transport = SandboxTransport(make_app(make_instance("2.42", url=url)), url)
    credentials = Credentials(origin=origin_of(url), source="a test", username=ADMIN, password=PASSWORD)
    made = Session(transport, credentials, FakeClock(), name="oslo")
    answer = made.send("POST", "/api/metadata", OBJECTS, timeout=60)
    assert answer.status == 200, answer.body
    return made


def used(session: Session, type_name: str, uid: Uid) -> list[tuple[str, str, str]]:
    """Who uses it: type, name, and by which path."""
    found = uses(session, CATALOGUE, {type_name: (uid,)})
    return [(each.type, each.title, each.by) for each in found[type_name, uid]]


def test_a_visualization_is_shown_by_dashboards(session: Session) -> None:
    """Through the items of a dashboard."""
    assert used(session, "visualizations", PICTURE) == [
        ("dashboards", "Tavle", "dashboardItems.visualization")
    ]
    assert used(session, "dashboards", BOARD) == []


def test_an_indicator_is_drawn_by_visualizations(session: Session) -> None:
    """Through their data items."""
    assert used(session, "programIndicators", INDICATOR) == [
        ("visualizations", "Kurve", "dataDimensionItems.programIndicator")
    ]


def test_an_element_is_referred_to_and_named_in_texts(session: Session) -> None:
    """By stages and variables, and in the filter of an indicator."""
    assert used(session, "dataElements", ELEMENT) == [
        ("programIndicators", "Febrile", "filter"),
        ("programRuleVariables", "temp", "dataElement"),
        ("programStages", "Prøve", "programStageDataElements.dataElement"),
    ]


def test_a_variable_is_named_by_rules_of_its_program(session: Session) -> None:
    """In conditions, and in the data of actions."""
    found = uses(session, CATALOGUE, {"programRuleVariables": (VARIABLE, Uid("VarVariab02"))})
    assert [(each.uid, each.by) for each in found["programRuleVariables", VARIABLE]] == [
        ("ActionActi1", "data"),
        (RULE, "condition"),
    ]
    assert [each.uid for each in found["programRuleVariables", Uid("VarVariab02")]] == ["RuleRule003"]
    assert used(session, "programRuleVariables", Uid("VarUnknown1")) == []


def test_a_group_stands_in_the_sharing_of_others(session: Session) -> None:
    """And nowhere else: a stage of an event program is shared as the program is."""
    assert used(session, "userGroups", GROUP) == [
        ("programStages", "Prøve", "sharing"),
        ("programs", "Indeks", "sharing"),
    ]


def test_every_reference_of_a_catalogue_is_asked_for() -> None:
    """Bare UIDs too, and those inside children; never who saved an object."""
    found = {(each.type, each.full) for each in places(CATALOGUE, "programNotificationTemplates")}
    assert found == {
        ("programRuleActions", "templateUid"),
        ("programStages", "notificationTemplates.id"),
        ("programs", "notificationTemplates.id"),
    }
    assert ("users", "userRoles.id") in {(each.type, each.full) for each in places(CATALOGUE, "userRoles")}
    assert all("lastUpdatedBy" not in each.path for each in places(CATALOGUE, "users"))


def answering(answer: Callable[[str, Mapping[str, str]], Response]) -> Session:
    """A session on a server that answers by path and query."""

    class Answering:
        url = URL

        def send(self, request: Request) -> Response:
            split = urlsplit(request.path)
            return answer(split.path, dict(parse_qsl(split.query)))

        def close(self) -> None:
            """Nothing is held."""

    return session_over(Answering())


def test_a_filter_that_is_refused_reads_the_whole_type() -> None:
    """Classes without a schema take none."""

    def answer(_path: str, query: Mapping[str, str]) -> Response:
        if any(name.endswith(":filter") for name in query):
            return json_answer({"message": "no such path"}, 400)
        rows = [
            {"id": uid, "name": name, "dashboardItems": [{"visualization": {"id": shown}}]}
            for uid, name, shown in ((BOARD, "Tavle", PICTURE), ("DashDash002", "Annen", "VisVisVis02"))
        ]
        return json_answer({"dashboards": rows} if "dashboards:fields" in query else {})

    found = uses(answering(answer), CATALOGUE, {"visualizations": (PICTURE,)})
    assert [each.title for each in found["visualizations", PICTURE]] == ["Tavle"]


def test_what_may_not_be_read_counts_as_a_use() -> None:
    """Of every type that could refer, name, or be shared."""
    session = answering(lambda _path, _query: json_answer({"message": "may not"}, 409))
    found = uses(session, CATALOGUE, {"visualizations": (PICTURE,), "constants": (Uid("ConstConst1"),)})
    assert found["visualizations", PICTURE] == (
        Use(type="dashboards", uid=Uid(""), title="", by="dashboardItems.visualization"),
        Use(type="reports", uid=Uid(""), title="", by="visualization"),
    )
    assert {each.by for each in found["constants", Uid("ConstConst1")]} >= {"htmlCode", "numerator"}
    found = uses(session, CATALOGUE, {"programRuleVariables": (VARIABLE,)})
    assert {each.uid for each in found["programRuleVariables", VARIABLE]} == {""}


def test_a_list_that_is_cut_off_is_no_answer() -> None:
    """A deleted group breaks lists with 200 (facts §17.1): fewer rows than ids is told as unknown."""

    def answer(_path: str, query: Mapping[str, str]) -> Response:
        is_plain = query.get("skipSharing") == "true"
        rows = [{"id": PROGRAM}] if is_plain and "programs:fields" in query else []
        return json_answer(orjson.loads(orjson.dumps({"programs": rows})))

    found = uses(answering(answer), CATALOGUE, {"userGroups": (GROUP,)})
    assert found["userGroups", GROUP] == (Use(type="programs", uid=Uid(""), title="", by="sharing"),)
