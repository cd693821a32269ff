"""One server for several municipalities, one for several fleets, environments with a gate between them."""

from tests.e2e.house import URL, House, changes_of

SECOND = """\
number: "0002"
name: Second
server: {url: "http://127.0.0.1:8081", sandbox: true}
organisationUnit: {code: "0002", name: Second, openingDate: 2020-01-01}
packages: {example: {version: ">=0.1", parameters: {follow_up_days: 7}}}
"""
TEST_URL = "http://127.0.0.1:8082"
BOTH = ("-m", "example", "-m", "second")


def shared(house: House) -> House:
    """Two municipalities on one server, below a country that stands there."""
    house.write("municipalities/second.yaml", SECOND)
    server = house.serve()
    server.send_metadata(
        organisationUnits=[
            {"id": "CountryUnit", "name": "Country", "shortName": "Country", "openingDate": "2000-01-01"},
            *(
                {
                    "id": f"Municipal0{number}",
                    "name": f"Unit {number}",
                    "shortName": f"Unit {number}",
                    "code": f"000{number}",
                    "openingDate": "2000-01-01",
                    "parent": {"id": "CountryUnit"},
                }
                for number in (1, 2)
            ),
        ]
    )
    return house


def units_of_the_program(house: House) -> set[str]:
    """The ids of the units that work with the program."""
    return {each["id"] for each in house.server.found("programs", "EX_FOLLOW_UP")["organisationUnits"]}


def test_memberships_are_the_union_of_all_municipalities(bare: House) -> None:
    """One plan, one apply; both units work with the program, and the second plan is empty."""
    house = shared(bare)
    ran = house.fine("apply", "--all", "--yes")
    assert "example, second" in ran.flat
    assert units_of_the_program(house) == {"Municipal01", "Municipal02"}
    assert house.plan()["changes"] == []
    (row,) = house.fine("status", "--format", "json").json["targets"]
    assert row["target"] == "127.0.0.1:8081"
    assert "2 of them" in house.fine("status").out


def test_an_apply_for_one_of_two_is_refused(bare: House) -> None:
    """It would take away what the other one has; the command that names both is said."""
    house = shared(bare)
    for selection in (("-m", "second"), ("--all", "--exclude", "example")):
        ran = house.run("apply", *selection, "--yes")
        assert ran.code == 64, ran.said
        assert "127.0.0.1:8081 serves example too" in ran.flat
        assert "-m example -m second" in ran.flat
    assert not house.server.has_keys()
    house.fine("apply", *BOTH, "--yes")
    house.fine("apply", "-m", "127.0.0.1*", "--yes")


def test_one_that_leaves_takes_only_its_own_along(bare: House) -> None:
    """Its unit leaves the program, the other's stays."""
    house = shared(bare)
    house.fine("apply", "--all", "--yes")
    (house.folder / "municipalities" / "second.yaml").unlink()
    house.fine("apply", "--all", "--yes", "--allow", "breaking", "--allow", "destructive")
    assert units_of_the_program(house) == {"Municipal01"}


def test_a_new_district_touches_one_branch(bare: House) -> None:
    """The plan names the file of the municipality that has it, and its unit is made below its own."""
    house = shared(bare)
    house.fine("apply", "--all", "--yes")
    house.write(
        "municipalities/second.yaml",
        SECOND + "organisationUnits: {EX_EAST: {name: East, openingDate: 2020-01-01}}\n"
        "assign: {programs/EX_FOLLOW_UP: [second, EX_EAST]}\n",
    )
    house.fine("lock")
    plan = house.plan()
    assert changes_of(plan) == {
        ("organisationUnits", "EX_EAST", ""),
        ("programs", "EX_FOLLOW_UP", "organisationUnits[EX_EAST]"),
    }
    assert {each["place"]["file"] for each in plan["changes"]} == {"municipalities/second.yaml"}
    seen = house.fine("plan", "-m", "example").out
    assert "not shown: 2 changes for second on the same server" in seen
    assert "East" not in seen
    assert "East" in house.fine("plan", "-m", "second").out


def test_two_municipalities_with_one_key_of_their_own(bare: House) -> None:
    """A key means one unit on a server: exit 3, with both places."""
    house = shared(bare)
    own = "organisationUnits: {EX_EAST: {name: East, openingDate: 2020-01-01}}\n"
    house.write("municipalities/second.yaml", SECOND + own)
    house.write("municipalities/example.yaml", house.read("municipalities/example.yaml") + own)
    ran = house.run("plan")
    assert ran.code == 3, ran.said
    assert "share a server and both have organisationUnits/EX_EAST of their own" in ran.flat
    assert "municipalities/second.yaml:6:" in ran.flat
    assert "municipalities/example.yaml:" in ran.flat


def test_another_fleet_on_the_server_keeps_what_it_wrote(applied: House) -> None:
    """Equal values are found there; another value is a takeover that names the fleet; its record stays."""
    applied.change("fleet.yaml", "name: example\n", "name: tuberculosis\n")
    before = applied.server.kept("record-example")
    assert changes_of(applied.plan()) == {("organisationUnits", "example", "")}
    applied.fine("apply", "--yes")
    assert applied.plan()["changes"] == []
    applied.change("packages/example/dictionary.yaml", "name: Full name", "name: Whole name")
    ran = applied.run("apply", "--yes")
    assert ran.code == 4, ran.said
    assert "2 values of what the fleet example wrote would change" in ran.flat
    assert "trackedEntityAttributes/EX_NAME" in ran.flat
    applied.fine("apply", "--yes", "--allow", "takeover")
    assert applied.server.found("trackedEntityAttributes", "EX_NAME")["name"] == "Whole name"
    assert applied.server.kept("record-example") == before
    assert set(applied.server.call("GET", "/api/dataStore/dhis2cfg")) >= {
        "record-example",
        "record-tuberculosis",
    }


def gate(house: House) -> House:
    """A municipality with a test and a prod server, and a gate before prod."""
    house.change(
        "municipalities/example.yaml",
        f'server: {{url: "{URL}", sandbox: true}}',
        f'servers: {{prod: {{url: "{URL}", sandbox: true}}, test: {{url: "{TEST_URL}", sandbox: true}}}}',
    )
    house.write("fleet.yaml", house.read("fleet.yaml") + "gates: {prod: {applied-in: test}}\n")
    house.serve()
    house.serve(TEST_URL)
    return house


def test_a_gate_opens_when_the_same_packages_were_applied_before(bare: House) -> None:
    """Before that: exit 4, with what stands there; `plan` says so too; afterwards prod may have them."""
    house = gate(bare)
    ran = house.run("apply", "--env", "prod", "--yes")
    assert ran.code == 4, ran.said
    assert "was not applied in test yet (example: nothing was applied there yet)" in ran.flat
    assert "dhis2cfg apply --env test first" in ran.flat
    assert "was not applied in test yet" in house.fine("plan").flat
    house.fine("apply", "--env", "test", "--yes")
    house.fine("apply", "--env", "prod", "--yes")
    assert house.servers[URL].kept("record-example")["environment"] == "prod"
    assert house.servers[TEST_URL].kept("record-example")["environment"] == "test"


def test_a_gate_asks_for_exactly_these_files(bare: House) -> None:
    """Other content in test, a run that is not finished, a server that is gone: each is said."""
    house = gate(bare)
    house.fine("apply", "--env", "test", "--yes")
    house.change("packages/example/dictionary.yaml", "name: Full name", "name: Whole name")
    assert "example: other content was applied there" in house.run("apply", "--env", "prod", "--yes").flat
    run = house.servers[TEST_URL].kept("run-example")
    house.servers[TEST_URL].call("PUT", "/api/dataStore/dhis2cfg/run-example", {**run, "phase": "between"})
    assert f"run {run['id']} is not finished there" in house.run("apply", "--env", "prod", "--yes").flat
    house.servers[TEST_URL].call("PUT", "/api/dataStore/dhis2cfg/run-example", {**run, "format": 9})
    assert "could not be asked: run-example" in house.run("apply", "--env", "prod", "--yes").flat


def test_one_test_server_opens_the_gate_for_several(bare: House) -> None:
    """Municipalities without one of their own ask the fleet's, once."""
    house = gate(bare)
    other = "http://127.0.0.1:8083"
    house.serve(other)
    house.write("municipalities/second.yaml", SECOND.replace(URL, other))
    ran = house.run("plan", "--all")
    assert ran.flat.count("was not applied in test yet (example: nothing was applied there yet)") == 1
    assert "second" in ran.flat


def test_packages_of_an_environment_are_for_those_who_have_it(bare: House) -> None:
    """A municipality without a server there is left alone; the others get what the environment says."""
    house = gate(bare)
    other = "http://127.0.0.1:8083"
    house.serve(other)
    house.write("municipalities/second.yaml", SECOND.replace(URL, other))
    text = house.read("fleet.yaml").replace("gates: {prod: {applied-in: test}}\n", "")
    house.write("fleet.yaml", text + 'environments: {test: {packages: {example: {version: ">=0.1"}}}}\n')
    assert "no finding" in house.fine("validate").out


def test_a_gate_without_any_server_before_it_stays_shut(house: House) -> None:
    """Nobody can have tried anything there."""
    house.write("fleet.yaml", house.read("fleet.yaml") + "gates: {prod: {applied-in: test}}\n")
    ran = house.run("apply", "--yes")
    assert ran.code == 4, ran.said
    assert "the fleet has no server in test" in ran.flat


def test_a_record_of_our_name_from_elsewhere_is_not_taken_for_ours(applied: House) -> None:
    """Another team chose the same name: exit 4, and only `--claim-record` with that name goes on."""
    record = applied.server.kept("record-example")
    applied.server.call(
        "PUT", "/api/dataStore/dhis2cfg/record-example", {**record, "packages": {"measles": "2.0.0"}}
    )
    for command in (("plan",), ("apply", "--yes"), ("apply", "--yes", "--claim-record", "measles")):
        ran = applied.run(*command)
        assert ran.code == 4, ran.said
        assert "was written from elsewhere" in ran.flat
        assert "it holds measles, and this fleet's packages are example" in ran.flat
        assert "dhis2cfg plan -m example --claim-record example" in ran.flat
    applied.fine("apply", "--yes", "--claim-record", "example")
    applied.fine("plan")


def test_a_database_that_was_copied_from_another_environment(applied: House) -> None:
    """The record says prod, and this is test."""
    applied.change("municipalities/example.yaml", "server: {url", "servers: {test: {url")
    applied.change("municipalities/example.yaml", "sandbox: true}", "sandbox: true}}")
    ran = applied.run("plan")
    assert ran.code == 4, ran.said
    assert "it was written in the environment prod, and this is test" in ran.flat
    applied.fine("apply", "--yes", "--claim-record", "example")
    assert applied.server.kept("record-example")["environment"] == "test"
