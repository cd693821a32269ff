"""Each command's promises: selection, one server, variables, status, doctor, locks, permissions, progress."""

import json
import re
from pathlib import Path

import pytest
import typer

from dhis2cfg.catalogue.shipped import schema_text
from dhis2cfg.cli.app import app
from dhis2cfg.model.http import Request, Response
from dhis2cfg.sandbox.seed import SANDBOX_TOKEN
from tests.e2e.house import URL, House, changes_of, spoilt
from tests.e2e.spoilers import Onwards, at, cut_before, json_answer

SECOND, THIRD = "http://127.0.0.1:8082", "http://127.0.0.1:8083"
DICTIONARY = "packages/example/dictionary.yaml"
MUNICIPALITY = "municipalities/example.yaml"


@pytest.fixture
def fleet(bare: House) -> House:
    """Three municipalities in two waves; the second has a test server too."""
    bare.municipality("second", SECOND, "0002")
    bare.municipality("third", THIRD, "0003")
    text = bare.read("municipalities/second.yaml")
    server = f'server: {{url: "{SECOND}", sandbox: true}}'
    assert server in text
    servers = (
        f'servers: {{prod: {{url: "{SECOND}", sandbox: true}}, test: {{url: "{THIRD}/t", sandbox: true}}}}'
    )
    bare.write("municipalities/second.yaml", text.replace(server, servers))
    bare.write("fleet.yaml", bare.read("fleet.yaml") + 'waves: {1: [second], 2: ["*"]}\n')
    for url in (URL, SECOND, THIRD, f"{THIRD}/t"):
        bare.serve(url)
    return bare


@pytest.mark.parametrize(
    ("arguments", "targets"),
    [
        ([], ["example", "second", "third"]),
        (["--all"], ["example", "second", "third"]),
        (["-m", "second"], ["second"]),
        (["-m", "0002"], ["second"]),
        (["-m", "Second"], ["second"]),
        (["-m", "se*", "-m", "0003"], ["second", "third"]),
        (["--exclude", "second"], ["example", "third"]),
        (["-m", "*d", "--exclude", "000[3]"], ["second"]),
        (["--wave", "1"], ["second"]),
        (["--wave", "2"], ["example", "third"]),
        (["--wave", "1", "-m", "third"], ["second", "third"]),
    ],
)
def test_selection(fleet: House, arguments: list[str], targets: list[str]) -> None:
    """Names, numbers, globs, waves, exclusions: the same everywhere."""
    plans = fleet.fine("plan", "--no-dry-run", "--format", "json", *arguments).json["plans"]
    assert [each["target"] for each in plans] == targets


def test_an_environment(fleet: House) -> None:
    """`--env` chooses the server; who has none there is refused by name."""
    (plan,) = fleet.fine("plan", "-m", "second", "--env", "test", "--format", "json").json["plans"]
    assert (plan["environment"], plan["url"]) == ("test", f"{THIRD}/t")
    ran = fleet.run("plan", "--env", "test")
    assert ran.code == 64, ran.said
    assert "example has no server in the environment test" in ran.flat


def test_one_server_by_its_address_without_a_fleet(bare: House) -> None:
    """A package alone goes to `--server`; its name is the fleet's, and nobody assigns units."""
    package = House(folder=bare.folder / "packages" / "example")
    (bare.folder / "fleet.yaml").unlink()
    package.environ = {"DHIS2CFG_TOKEN": SANDBOX_TOKEN}
    server = package.serve("https://dhis2.example.org/dhis")
    address = ("--server", "https://DHIS2.example.org/dhis/")
    assert package.run("plan", *address, "--exit-code").code == 2
    package.fine("apply", *address, "--yes")
    assert package.run("plan", *address, "--exit-code").code == 0
    assert server.kept("record-example")["packages"] == {"example": "0.1.0"}
    assert server.found("programs", "EX_FOLLOW_UP")["organisationUnits"] == []
    assert "as applied" in package.fine("status", *address).out
    assert (
        package.fine("plan", *address, "--format", "json").json["plans"][0]["target"] == "dhis2.example.org"
    )
    assert package.fine("validate").code == 0
    nobody = package.run("plan")
    assert nobody.code == 64, nobody.said


def test_one_server_by_its_address_within_a_fleet(applied: House) -> None:
    """The fleet's name stays, so that it is the same record."""
    applied.environ = {"DHIS2CFG_TOKEN": SANDBOX_TOKEN}
    (plan,) = applied.fine("plan", "--server", URL, "--format", "json").json["plans"]
    assert plan["fleet"] == "example"
    assert plan["applied"] == {"example": "0.1.0"}


def test_every_option_has_a_variable() -> None:
    """`DHIS2CFG_…` for each flag of each command, but for help and version."""
    command = typer.main.get_command(app)
    waiting = [("", command)]
    without = []
    while waiting:
        name, each = waiting.pop()
        waiting += [(f"{name} {sub}", inner) for sub, inner in getattr(each, "commands", {}).items()]
        for parameter in each.params:
            variable = parameter.envvar or ""
            is_option = parameter.param_type_name == "option"
            if is_option and not str(variable).startswith("DHIS2CFG_"):
                without.append(f"{name} {parameter.name}".strip())
    assert without == ["version"]


def test_variables_stand_in_for_flags(
    applied: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A flag beats its variable."""
    monkeypatch.setenv("DHIS2CFG_DIRECTORY", str(applied.folder))
    monkeypatch.setenv("DHIS2CFG_EXIT_CODE", "1")
    monkeypatch.setenv("DHIS2CFG_FORMAT", "json")
    applied.change(DICTIONARY, "name: Test result", "name: Result")
    ran = applied.run("plan", inside=False)
    assert ran.code == 2, ran.said
    assert ran.json["plans"]
    assert applied.run("plan", "--format", "text", inside=False).out.startswith("example 0.1.0")
    monkeypatch.setenv("DHIS2CFG_DEBUG", "1")
    monkeypatch.setenv("DHIS2CFG_YES", "1")
    ran = applied.run("apply", inside=False)
    assert ran.code == 0, ran.said
    assert "http  GET /api/system/info 200" in ran.err
    monkeypatch.setenv("DHIS2CFG_DIRECTORY", str(tmp_path / "nowhere"))
    assert applied.run("plan", inside=False).code == 64


def test_directory_may_lie_inside_the_workspace(applied: House) -> None:
    """The workspace is the first folder upwards with a fleet file."""
    inside = House(folder=applied.folder / "packages" / "example", servers=applied.servers)
    assert inside.run("plan", "--exit-code").code == 0


def test_status_in_its_states(house: House) -> None:
    """Never applied, as applied, behind, changed by hand, not answering."""
    assert "never applied" in house.fine("status").out
    assert house.run("status", "--exit-code").code == 2
    house.fine("apply", "--yes")
    told = house.fine("status", "--exit-code").out
    assert re.search(r"example +0001 +example 0\.1\.0 +\d{4}-\d\d-\d\d \d\d:\d\d +admin +as applied", told), (
        told
    )
    house.change(DICTIONARY, "name: Test result", "name: Result")
    house.server.edit("dataElements", "EX_TEST_DATE", name="By hand", shortName="By hand")
    behind = house.run("status", "--exit-code")
    assert behind.code == 2
    assert "1 change behind, 2 changed by hand" in behind.out, behind.said
    document = house.fine("status", "--format", "json").json
    assert [each["target"] for each in document["targets"]] == ["example"]
    with spoilt(house.server, cut_before):
        lost = house.run("status")
    assert lost.code == 8
    assert "the connection broke" in lost.out


def test_a_version_without_changes_is_recorded(applied: House) -> None:
    """A release that changes no object is applied all the same: `status` shows its number."""
    applied.change("packages/example/package.yaml", "version: 0.1.0", "version: 0.2.0")
    assert applied.run("plan", "--exit-code").code == 0
    assert "no changes" in applied.fine("apply", "--yes").out
    assert "example 0.2.0" in applied.fine("status").out


def test_lock_is_never_changed_where_it_stands(bare: House) -> None:
    """`lock` adds what is missing, `lock --check` says what is stale: exit 3."""
    name = "packages/example/uids.lock"
    before = bare.read(name)
    assert "every lock is as it should be" in bare.fine("lock").out
    bare.fine("lock", "--check")
    bare.change(DICTIONARY, "dataElements:\n", "dataElements:\n  EX_MORE: {name: More, valueType: TEXT}\n")
    stale = bare.run("lock", "--check")
    assert stale.code == 3, stale.said
    assert f"{name} is stale: dhis2cfg lock" in stale.out
    assert bare.read(name) == before
    refused = bare.run("validate")
    assert refused.code == 3
    assert "stale-lock" in refused.out
    assert f"wrote {name}: " in bare.fine("lock").out
    assert set(before.splitlines()) < set(bare.read(name).splitlines())
    bare.change(DICTIONARY, "EX_MORE: {name: More, valueType: TEXT}", "EX_MORE: {name: More, valueTyp: TEXT}")
    broken = bare.run("lock")
    assert broken.code == 3, broken.said
    assert "the files have errors; no lock was written" in broken.flat


def test_lock_of_a_package_alone(bare: House) -> None:
    """Without a fleet there is no lock of the workspace, and none is made."""
    package = House(folder=bare.folder / "packages" / "example")
    (bare.folder / "fleet.yaml").unlink()
    (package.folder / "uids.lock").unlink()
    assert "wrote uids.lock: 16 UIDs" in package.fine("lock").out
    assert not (bare.folder / "uids.lock").exists()
    package.fine("lock", "--check")


def test_show_is_what_plan_showed(house: House, tmp_path: Path) -> None:
    """A saved plan is shown without asking anybody."""
    saved = str(tmp_path / "plan.json")
    planned = house.fine("plan", "--out", saved)
    house.server.requests.clear()
    shown = house.fine("show", saved)
    assert shown.out.splitlines()[2:-3] == planned.out.splitlines()[2:-3]
    assert house.fine("show", saved, "--format", "json").json == json.loads(Path(saved).read_text())
    assert "+ data element Test taken on" in house.fine("show", saved, "--full").out
    assert house.server.requests == []


def test_explain(bare: House) -> None:
    """A page for a rule."""
    assert bare.fine("explain", "option-code").out.startswith("# ")


def test_schema_pull_from_saved_answers(house: House, tmp_path: Path) -> None:
    """Several captures of one version become one catalogue; `--merge` adds to what stands."""
    capture = {
        "schemas": [
            {
                "klass": "org.hisp.dhis.constant.Constant",
                "singular": "constant",
                "plural": "constants",
                "displayName": "Constant",
                "embeddedObject": False,
                "metadata": True,
                "persisted": True,
                "order": 100,
                "authorities": [],
                "properties": [],
            }
        ]
    }
    first, out = tmp_path / "first.json", tmp_path / "2.42.json"
    first.write_text(json.dumps(capture), encoding="utf-8")
    saved = ("schema", "pull", "--from", str(first))
    assert house.run(*saved).code == 64
    assert house.fine(*saved, "--version", "2.42.5").out.startswith("{")
    made = house.fine(*saved, "--version", "2.42.5", "--out", str(out))
    assert f"wrote {out}: 1 types of DHIS2 2.42.5" in made.out
    before = out.read_text(encoding="utf-8")
    house.fine(*saved, "--version", "2.42.5", "--merge", "--out", str(out))
    assert out.read_text(encoding="utf-8") == before
    first.write_text("{", encoding="utf-8")
    assert house.run(*saved, "--version", "2.42.5").code == 3
    first.write_text('{"schemas": [{}]}', encoding="utf-8")
    ran = house.run(*saved, "--version", "2.42.5")
    assert ran.code == 3, ran.said
    assert "this is not what DHIS2 says at /api/schemas" in ran.flat
    out.write_text("{}", encoding="utf-8")
    first.write_text(json.dumps(capture), encoding="utf-8")
    assert house.run(*saved, "--version", "2.42.5", "--merge", "--out", str(out)).code == 3
    assert house.run("schema", "pull", "--from", str(tmp_path / "none"), "--version", "2.42.5").code == 3


def test_schema_pull_asks_one_server(fleet: House) -> None:
    """With three servers it must be said which."""
    assert fleet.run("schema", "pull").code == 64
    assert fleet.run("schema", "pull", "-m", "*").code == 64
    pulled = fleet.fine("schema", "pull", "-m", "second").out
    assert pulled == schema_text("catalogue/2.42.json")
    assert fleet.servers[SECOND].requests[-1].path == "/api/schemas"


def test_schema_write(bare: House) -> None:
    """The schemas that editors use, as this version has them."""
    bare.fine("schema", "write", str(bare.folder / "made"))
    made = (bare.folder / "made" / "metadata.editor.schema.json").read_text(encoding="utf-8")
    assert made == bare.read("schemas/metadata.editor.schema.json")


def test_an_unknown_sandbox_version(bare: House) -> None:
    """The embedded server knows three."""
    ran = bare.run("sandbox", "--dhis2", "2.99")
    assert ran.code == 64, ran.said
    assert "it knows 2.41, 2.42, 2.43" in ran.flat


def test_the_demo_wants_a_checkout(bare: House) -> None:
    """It shows a package of the checkout, which an installed program does not have."""
    ran = bare.run("demo")
    assert ran.code == 64, ran.said
    assert "run it in a checkout" in ran.flat


BREAKING = (
    'allow: [{kind: breaking, on: dataElements/EX_TEST_DATE, until: 2999-12-31, why: "case 2026/118"}]\n'
)


@pytest.fixture
def breaking(applied: House) -> House:
    """A release that changes a value type."""
    name = "EX_TEST_DATE: {name: Test taken on, valueType: DATE"
    applied.change(DICTIONARY, name, f"{name}TIME")
    return applied


def test_a_breaking_change_needs_its_word(breaking: House) -> None:
    """Refused as unsafe: 4, nothing is locked; with the word it is applied, and run and record say so."""
    before = breaking.server.everything()
    assert breaking.run("plan", "--gate").code == 4
    ran = breaking.run("apply", "--yes")
    assert ran.code == 4, ran.said
    assert "--allow breaking is missing" in ran.flat
    assert breaking.server.everything() == before
    breaking.fine("apply", "--yes", "--allow", "breaking")
    assert breaking.server.kept("run-example")["allowed"] == ["breaking"]
    assert breaking.server.kept("record-example")["allowed"] == ["breaking"]


def test_a_dated_permission_of_a_municipality_allows(breaking: House) -> None:
    """It stands in the municipality's file, and is printed in plan, run and record."""
    breaking.write(MUNICIPALITY, breaking.read(MUNICIPALITY) + BREAKING)
    told = f"breaking on dataElements/EX_TEST_DATE until 2999-12-31: case 2026/118 ({MUNICIPALITY}:7)"
    planned = breaking.fine("plan", "--gate")
    assert f"allowed: {told}" in planned.flat, planned.said
    breaking.fine("apply", "--yes")
    assert breaking.server.kept("run-example")["allowed"] == [told]
    assert breaking.server.kept("record-example")["allowed"] == [told]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("2999-12-31", "2020-01-01", "--allow breaking is missing"),
        ("2999-12-31", "soon", "counts for nothing, as it has no date until"),
        (", until: 2999-12-31", "", "counts for nothing, as it has no date until"),
        ("dataElements/EX_TEST_DATE", "dataElements/EX_TEST_RESULT", "--allow breaking is missing"),
        ("kind: breaking", "kind: access", "--allow breaking is missing"),
    ],
    ids=["ended", "no date", "no end", "another object", "another kind"],
)
def test_a_permission_that_does_not_fit_allows_nothing(
    breaking: House, old: str, new: str, told: str
) -> None:
    """The plan is refused as without it, and says what is wrong with the permission."""
    assert old in BREAKING
    breaking.write(MUNICIPALITY, breaking.read(MUNICIPALITY) + BREAKING.replace(old, new))
    planned = breaking.run("plan", "--gate")
    assert planned.code == 4, planned.said
    assert told in planned.flat
    assert breaking.run("apply", "--yes").code == 4


def test_an_ended_permission_is_a_warning(breaking: House) -> None:
    """`validate` shows it, and refuses nothing for it."""
    breaking.write(MUNICIPALITY, breaking.read(MUNICIPALITY) + BREAKING.replace("2999-12-31", "2026-11-24"))
    ran = breaking.fine("validate")
    assert "warning[expired-allowance]" in ran.out
    breaking.today = "2026-11-24"
    assert "expired" not in breaking.fine("validate").out


def test_a_permission_for_one_of_two_changes_leaves_the_other(breaking: House) -> None:
    """What is not covered still needs the word, and is counted alone."""
    breaking.change(
        DICTIONARY, "name: Last day of follow-up, valueType: DATE", "name: Last day, valueType: DATETIME"
    )
    breaking.write(MUNICIPALITY, breaking.read(MUNICIPALITY) + BREAKING)
    plan = breaking.plan()
    (refusal,) = plan["refusals"]
    assert refusal["changes"] == [["dataElements", "EX_LAST_DAY", "valueType"]]
    assert refusal["message"] == "--allow breaking is missing (1 change)"
    assert ("dataElements", "EX_TEST_DATE", "valueType") in changes_of(plan)


def test_a_pipeline_gets_one_line_at_the_beginning_and_one_at_the_end(fleet: House) -> None:
    """No moving line, no question, nothing in between; each with the run."""
    ran = fleet.fine("apply", "--all", "--yes")
    lines = [line.strip() for line in ran.err.splitlines() if re.match(r"  \d\d:\d\d:\d\d  ", line)]
    told = [re.sub(r"^\S+ +", "", line) for line in lines]
    assert len(told) == 6, ran.err
    for index, name in enumerate(("example", "second", "third")):
        assert re.fullmatch(rf"{name}  begins, run [A-Z2-9]{{4}}", told[2 * index])
        assert re.fullmatch(
            rf"{name}  done, 17 changes in [\d.]+ s, run [A-Z2-9]{{4}}: read back: as planned",
            told[2 * index + 1],
        )


def test_at_a_terminal_progress_is_told(house: House) -> None:
    """Somebody who watches sees each call; `--quiet` says nothing, JSON lines say it for machines."""
    house.is_terminal, house.typed = True, "1"
    ran = house.fine("apply")
    assert "the server tries the plan" in ran.err
    assert re.search(r"example  call 1 of 1: done, [\d.]+ s", ran.err)
    assert "example  reading back" in ran.err
    house.change(DICTIONARY, "name: Test result", "name: Result")
    quiet = house.fine("--quiet", "apply", "--yes")
    assert "begins" not in quiet.err
    house.change(DICTIONARY, "    name: Result\n", "    name: Outcome\n")
    ran = house.fine("--log-format", "json", "apply", "--yes")
    told = [json.loads(line) for line in ran.err.splitlines() if line.startswith('{"')]
    assert told[-1]["target"] == "example"
    assert told[-1]["message"].startswith("done, ")


def test_a_failed_municipality_has_its_two_lines_too(house: House) -> None:
    """Also where it ends in an error."""
    with spoilt(house.server, at(1, "/api/dataStore", cut_before, method="PUT", always=True)):
        ran = house.run("apply", "--yes")
    assert ran.code == 8, ran.said
    assert re.search(r"example  begins, run \w+\n.*example  failed, run \w+: the connection broke", ran.err)


def test_a_server_of_a_version_that_the_package_does_not_claim(house: House) -> None:
    """The package is for 2.41; the server is 2.42: refused, exit 4."""
    house.change("packages/example/package.yaml", 'dhis2: ">=2.41,<2.44"', 'dhis2: ">=2.41,<2.42"')
    for arguments in (["plan"], ["apply", "--yes"]):
        ran = house.run(*arguments)
        assert ran.code == 4, ran.said
        assert "example 0.1.0 is for DHIS2 >=2.41,<2.42, and this is 2.42" in ran.flat
    assert not house.server.has_keys()
    house.change("packages/example/package.yaml", 'dhis2: ">=2.41,<2.42"', 'dhis2: ">=2.50"')
    ran = house.run("validate")
    assert ran.code == 3, ran.said
    assert "error[unknown-version]" in ran.out


def test_what_is_wrong_in_the_files_that_are_named(house: House) -> None:
    """Findings of a file, or of all below a folder; what stands elsewhere is not told."""
    house.change(MUNICIPALITY, "number:", "nummer:")
    house.write("packages/example/wrong.yaml", "dataElemnts: {}\n")
    assert house.run("validate").out.count("error[") == 2
    for names in (["packages"], ["packages/example/wrong.yaml"]):
        ran = house.run("validate", *names)
        assert (ran.code, ran.out.count("error["), "nummer" in ran.out) == (3, 1, False), ran.said
    assert house.fine("validate", "fleet.yaml").out == "1 file, 0 objects: no finding.\n"
    assert house.run("validate", ".").out == house.run("validate").out
    for name in ("nowhere", "/"):
        ran = house.run("validate", name)
        assert (ran.code, f"{name} holds no file of this workspace" in ran.flat) == (64, True), ran.said


def test_an_account_that_may_not_import_is_not_let_try(house: House) -> None:
    """The plan is shown all the same, and says that the server did not try it."""
    role = {"id": "HandRole001", "name": "Reader", "authorities": ["F_METADATA_EXPORT", "M_dhis-web-app"]}
    house.server.send_metadata(userRoles=[role])
    person = {
        "username": "reader",
        "firstName": "R",
        "surname": "R",
        "password": "Reader-2026-xyz",
        "userRoles": [{"id": "HandRole001"}],
    }
    house.server.call("POST", "/api/users", person)
    house.change(MUNICIPALITY, ", sandbox: true", "")
    house.environ = {
        "DHIS2CFG_USERNAME__127_0_0_1_8081": "reader",
        "DHIS2CFG_PASSWORD__127_0_0_1_8081": "Reader-2026-xyz",
    }
    ran = house.run("plan")
    assert ran.code == 0, ran.said
    assert "not tried by the server: the account lacks F_METADATA_IMPORT" in ran.flat
    assert all(request.method == "GET" for request in house.server.requests)


def test_doctor(applied: House) -> None:
    """One screen; each failing check says what to do."""
    ran = applied.fine("doctor")
    assert "ok signed in as admin (token); may do all that example needs" in ran.flat
    assert applied.fine("doctor", "--format", "json").json["targets"]["example"]
    keys = applied.server.call("GET", "/api/dataStore/dhis2cfg/record-example/metaData")
    access = {"publicAccess": "rw------", "userAccesses": [], "userGroupAccesses": []}
    applied.server.call("POST", f"/api/sharing?type=dataStore&id={keys['id']}", {"object": access})
    opened = applied.run("doctor")
    assert opened.code == 1, opened.said
    assert "dhis2cfg's data store keys can be read by everybody: record-example" in opened.flat
    assert "dhis2cfg doctor -m example --fix" in opened.flat
    applied.fine("doctor", "--fix")
    applied.fine("doctor")


def test_doctor_of_an_account_that_lacks_rights(applied: House) -> None:
    """Which authority is missing for what."""
    role = {"id": "HandRole001", "name": "Reader", "authorities": ["F_METADATA_EXPORT"]}
    applied.server.send_metadata(userRoles=[role])
    person = {
        "username": "reader",
        "firstName": "R",
        "surname": "R",
        "password": "Reader-2026-xyz",
        "userRoles": [{"id": "HandRole001"}],
    }
    applied.server.call("POST", "/api/users", person)
    applied.change(MUNICIPALITY, ", sandbox: true", "")
    applied.environ = {
        "DHIS2CFG_USERNAME__127_0_0_1_8081": "reader",
        "DHIS2CFG_PASSWORD__127_0_0_1_8081": "Reader-2026-xyz",
    }
    ran = applied.run("doctor")
    assert ran.code == 1, ran.said
    assert "create dataElements: F_DATAELEMENT_PUBLIC_ADD" in ran.flat


def newer_version(request: Request, onwards: Onwards) -> Response:
    """A server that says it is newer than all we know."""
    answer = onwards(request)
    if "/api/system/info" not in request.path:
        return answer
    return json_answer(200, {**json.loads(answer.body), "version": "2.99.1"})


def test_doctor_of_a_version_that_nobody_knows(applied: House) -> None:
    """A server of a version without catalogue fails the check; plan is refused by name."""
    applied.server.spoiler = newer_version
    ran = applied.run("doctor")
    assert ran.code == 1, ran.said
    assert "DHIS2 2.99.1 is not known to this version of dhis2cfg" in ran.flat
    planned = applied.run("plan")
    assert planned.code == 4, planned.said
