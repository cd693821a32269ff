"""A fresh embedded server with a few things of the municipality's own, reached as commands reach one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dhis2cfg.fleet.connections import Connector
from dhis2cfg.model.fleet import Fleet, Target
from dhis2cfg.model.http import Request
from dhis2cfg.model.places import Place
from dhis2cfg.model.plan import Plan
from dhis2cfg.model.run import Outcome
from dhis2cfg.model.state import State
from dhis2cfg.pipeline.apply_one import apply_one
from dhis2cfg.pipeline.plan_one import plan_one
from dhis2cfg.pipeline.tasks import Task, Terms
from dhis2cfg.sandbox.app import make_app
from dhis2cfg.sandbox.bridge import SandboxTransport
from dhis2cfg.sandbox.seed import SANDBOX_TOKEN, make_instance

URL = "http://127.0.0.1:8090"
EVERY_WORD = frozenset({"access", "breaking", "destructive", "irreversible", "takeover", "conflict"})
STAMPS = frozenset({"lastUpdated", "lastUpdatedBy", "version", "created", "createdBy"})

UNITS = ("UnitUnit001", "UnitUnit002", "UnitUnit003")
LOCAL_ELEMENT, LOCAL_GROUP = "LocElement1", "LocGroup001"

FIRST: Mapping[str, Any] = {
    "organisationUnits": [
        {"id": UNITS[0], "name": "Root", "shortName": "Root", "openingDate": "2020-01-01"},
        *(
            {
                "id": uid,
                "name": uid,
                "shortName": uid,
                "openingDate": "2020-01-01",
                "parent": {"id": UNITS[0]},
            }
            for uid in UNITS[1:]
        ),
    ],
    "dataElements": [
        {
            "id": LOCAL_ELEMENT,
            "name": "Local element",
            "shortName": "Local element",
            "valueType": "TEXT",
            "domainType": "TRACKER",
            "aggregationType": "NONE",
        }
    ],
    "userGroups": [{"id": LOCAL_GROUP, "name": "Local group"}],
}
"""What stood there before anything of ours."""


@dataclass(frozen=True, kw_only=True)
class House:
    """One server and the tool that looks after it."""

    transport: SandboxTransport
    target: Target
    connector: Connector

    def plan(self, state: State) -> Plan:
        """What would change now."""
        with self.connector.ports(self.target, planning=True) as ports:
            return plan_one(self._task(state), ports).plan

    def apply(self, state: State) -> Outcome:
        """Plan and apply, with every word given."""
        with self.connector.ports(self.target, planning=False) as ports:
            task = self._task(state)
            shown = plan_one(task, ports).plan
            return apply_one(task, ports, shown, Terms(run_id="LAWS", allowed=EVERY_WORD))

    def _task(self, state: State) -> Task:
        return Task(target=self.target, fleet="laws", state=state, tool="test", dry_run=False)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One exchange as the administrator; a refusal fails the test."""
        headers = {
            "Authorization": f"ApiToken {SANDBOX_TOKEN}",
            "Content-Type": "application/json",
            "X-Requested-With": "XMLHttpRequest",
        }
        sent = b"" if body is None else json.dumps(body).encode()
        response = self.transport.send(Request(method=method, path=path, headers=headers, body=sent))
        assert response.status < 300, (path, response.status, response.body[:2000])
        return json.loads(response.body)

    def save(self, **objects: Any) -> None:
        """Objects saved by a hand, whole."""
        query = "importMode=COMMIT&importStrategy=CREATE_AND_UPDATE&atomicMode=ALL"
        self.call("POST", f"/api/metadata?{query}", objects)

    def get(self, type_name: str, uid: str) -> dict[str, Any]:
        """One object as it stands."""
        found: dict[str, Any] = self.call("GET", f"/api/{type_name}/{uid}?fields=:owner")
        return found

    def everything(self) -> dict[tuple[str, str], Any]:
        """All metadata, without what every save changes."""
        answer = self.call("GET", "/api/metadata?fields=:owner")
        return {
            (type_name, row["id"]): {name: value for name, value in row.items() if name not in STAMPS}
            for type_name, rows in answer.items()
            if isinstance(rows, list)
            for row in rows
        }


def make_house(version: str = "2.42") -> House:
    """A fresh server that already holds what is in `FIRST`."""
    target = Target(name="by", environment="prod", url=URL, municipalities=("by",), sandbox=True)
    transport = SandboxTransport(make_app(make_instance(version, url=URL)), URL)
    fleet = Fleet(name="laws", place=Place(file="fleet.yaml"), municipalities=())
    connector = Connector(fleet=fleet, environ={}, sandbox_token=SANDBOX_TOKEN, transport=lambda _: transport)
    house = House(transport=transport, target=target, connector=connector)
    house.save(**FIRST)
    return house
