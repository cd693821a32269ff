"""`sandbox --from`: a municipality's server, without people and data, to try things on."""

import json
from pathlib import Path

import pytest

from dhis2cfg.sandbox.store.instance import Instance
from tests.e2e.house import House, Ran


class Serving:
    """Stands where the program would serve until stopped."""

    def __init__(self) -> None:
        self.instances: list[Instance] = []

    def __call__(self, instance: Instance, *, port: int, file: Path | None, source: str) -> None:
        """Keep what would be served."""
        del port, file, source
        self.instances.append(instance)


@pytest.fixture
def serving(monkeypatch: pytest.MonkeyPatch) -> Serving:
    """What the program would have served."""
    found = Serving()
    monkeypatch.setattr("dhis2cfg.sandbox.serve.serve", found)
    return found


def refused(house: House, code: int, *arguments: str) -> Ran:
    """A command that ends so."""
    ran = house.run("sandbox", *arguments)
    assert ran.code == code, ran.said
    return ran


def test_a_municipality_is_rehearsed(applied: House, serving: Serving) -> None:
    """The same plan as on the server itself, for the tool's record comes along; nobody else is there."""
    (server,) = applied.servers.values()
    user = {"username": "anna", "firstName": "Anna", "surname": "A", "password": "Zz-Prover-2026!"}
    role = server.call("GET", "/api/userRoles?fields=id")["userRoles"][0]
    server.call("POST", "/api/users", user | {"userRoles": [{"id": role["id"]}]})
    name = next(iter(applied.folder.glob("municipalities/*.yaml"))).stem
    applied.fine("sandbox", "--from", name)
    (copy,) = serving.instances
    there = applied.serve(server.url, like=copy)
    people = there.call("GET", "/api/users?fields=username")["users"]
    assert [each["username"] for each in people] == ["admin"]
    assert "no changes" in applied.fine("plan", "--exit-code").out
    assert {request.method for request in server.requests[-3:]} == {"GET"}


def test_a_saved_export_is_rehearsed(applied: House, serving: Serving, tmp_path: Path) -> None:
    """As the version that it tells, or as another one; into a new file, if one is named."""
    (server,) = applied.servers.values()
    export = server.call("GET", "/api/metadata")
    saved = tmp_path / "export.json"
    saved.write_text(json.dumps(export), encoding="utf-8")
    applied.fine("sandbox", "--from", str(saved))
    applied.fine("sandbox", "--from", str(saved), "--dhis2", "2.43", "--file", str(tmp_path / "new.db"))
    saved.write_text(json.dumps({"dataElements": export["dataElements"]}), encoding="utf-8")
    applied.fine("sandbox", "--from", str(saved))
    assert [each.version for each in serving.instances] == ["2.42.5.2", "2.43.1", "2.42.5.2"]
    assert applied.serve("http://127.0.0.1:8085", like=serving.instances[0]).call(
        "GET", "/api/programs?fields=name"
    ) == server.call("GET", "/api/programs?fields=name")
    serving.instances[1].database.close()
    refused(applied, 64, "--from", str(saved), "--file", str(tmp_path / "new.db"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "it is no object"),
        ("{}", "no list of any type"),
        ('{"dataElements": [{}]}', "without an id"),
        ('{"dataElements": [{"id": "x", "valueType": "NOPE"}]}', "NOPE"),
    ],
)
def test_what_is_no_export(bare: House, tmp_path: Path, text: str, said: str) -> None:
    """A sentence and exit 3."""
    saved = tmp_path / "export.json"
    saved.write_text(text, encoding="utf-8")
    assert said in refused(bare, 3, "--from", str(saved)).flat


def test_what_cannot_be_rehearsed(bare: House, tmp_path: Path) -> None:
    """Several servers, nobody, and a version that is not known."""
    (file,) = bare.folder.glob("municipalities/*.yaml")
    text = file.read_text(encoding="utf-8").replace("8081", "8085")
    file.with_name("second.yaml").write_text(text, encoding="utf-8")
    refused(bare, 64, "--from", "*")
    refused(bare, 64, "--from", "nobody")
    saved = tmp_path / "export.json"
    saved.write_text('{"system": {"version": "2.99.1"}, "dataElements": []}', encoding="utf-8")
    refused(bare, 4, "--from", str(saved))
