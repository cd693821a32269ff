"""`drift`: what was changed by hand, and where it may go on living."""

from dhis2cfg.sandbox.seed import SANDBOX_TOKEN
from tests.e2e.house import URL, House, changes_of

ELEMENT = "dataElements/EX_TEST_DATE"


def edited(applied: House) -> House:
    """Somebody renamed an element in the maintenance app; its short name follows the name in the package."""
    applied.server.edit("dataElements", "EX_TEST_DATE", formName="Taken", name="Sampled on")
    return applied


def test_nothing_was_changed(applied: House) -> None:
    """One line; 0 also with --exit-code. A server without anything of ours is said too."""
    assert applied.fine("drift", "--exit-code").out == "example: as applied (example 0.1.0)\n"
    applied.serve("http://127.0.0.1:8082")
    applied.municipality("second", "http://127.0.0.1:8082", "0002")
    assert "second: nothing was applied yet" in applied.fine("drift").out


def test_a_hand_made_edit_is_told_in_the_direction_it_was_made(applied: House) -> None:
    """From what was applied to what stands; what nobody manages is no drift."""
    house = edited(applied)
    ran = house.run("drift", "--exit-code")
    assert ran.code == 2
    assert ran.out.startswith("example: 1 thing changed by hand since example 0.1.0 was applied\n")
    assert (
        "name “Test taken on” → “Sampled on”" in ran.out or 'name "Test taken on" → "Sampled on"' in ran.out
    )
    assert "last saved by" in ran.out
    assert "set back" not in ran.out
    (target,) = house.fine("drift", "--format", "json").json["targets"]
    (change,) = target["changes"]
    assert (change["field"], change["before"], change["after"]) == ("name", "Test taken on", "Sampled on")


def test_drift_of_one_object_or_field(applied: House) -> None:
    """Narrowed to what was named; a name that means nothing is 64."""
    house = edited(applied)
    assert "1 thing" in house.fine("drift", ELEMENT).out
    assert "1 thing" in house.fine("drift", f"{ELEMENT}.name").out
    assert "as applied" in house.fine("drift", f"{ELEMENT}.code").out
    assert "as applied" in house.fine("drift", "programs/EX_FOLLOW_UP").out
    ran = house.run("drift", "dataElements/NONE")
    assert ran.code == 64
    assert "there is no dataElements/NONE in the packages" in ran.flat


def test_a_conflict_and_a_deletion_are_drift_too(applied: House) -> None:
    """What the package moved on from is told from what was applied; what is gone has a minus."""
    house = edited(applied)
    house.change("packages/example/dictionary.yaml", "name: Test taken on", "name: Date of the test")
    rule = house.server.found("programRules", "Last day of follow-up")
    house.server.call("DELETE", f"/api/programRules/{rule['id']}")
    out = house.fine("drift").out
    assert "Test taken on" in out
    assert "Sampled on" in out
    assert "- rule Last day of follow-up" in out


def test_a_server_that_does_not_answer(applied: House) -> None:
    """It is a row of its own; the others are shown, and the code is 5."""
    applied.municipality("second", "http://127.0.0.1:8082", "0002")
    applied.serve("http://127.0.0.1:8082", version="2.42")
    applied.servers["http://127.0.0.1:8082"].spoiler = lambda *_: (_ for _ in ()).throw(gone())
    ran = applied.run("drift")
    assert ran.code == 5, ran.said
    assert "example: as applied" in ran.out
    assert "second: not known: nobody is there" in ran.out


def gone() -> Exception:
    """Nobody answers."""
    from dhis2cfg.errors import Unreachable  # noqa: PLC0415

    return Unreachable("nobody is there")


def answering(house: House, *typed: str) -> House:
    """Somebody at the terminal who types this, one after another."""
    left = list(typed)
    house.is_terminal = True
    house.answers = lambda: left.pop(0)
    return house


def test_an_edit_goes_into_the_municipalitys_file(applied: House) -> None:
    """As a patch; afterwards the plan has nothing to set back, and comments stand."""
    house = answering(edited(applied), "?", "m")
    ran = house.fine("drift", "--write")
    assert "keep it: write it into example.yaml (patches)" in ran.err
    assert ran.out.endswith(
        "wrote municipalities/example.yaml\n"
        "Nothing of this was sent: dhis2cfg plan shows what apply would do now.\n"
    )
    assert house.read("municipalities/example.yaml").endswith(
        'patches:\n  "dataElements/EX_TEST_DATE": {name: {en: Sampled on}}\n'
    )
    assert {field for _, _, field in changes_of(house.plan())} == {"shortName"}


SEVERAL = """servers:
  prod: {url: "http://127.0.0.1:8081", sandbox: true}
  shared: {url: "https://shared.example.org"}
"""


def test_an_edit_on_one_of_several_servers(applied: House) -> None:
    """Where another server is shared with others, the patch stands beside the address of this one."""
    name = "municipalities/example.yaml"
    lines = {line.partition(":")[0]: f"{line}\n" for line in applied.read(name).split("\n")}
    applied.change(name, lines["server"], SEVERAL)
    shared = 'servers: {shared: {url: "https://shared.example.org"}}\n'
    applied.write("municipalities/other.yaml", shared + lines["packages"])
    ran = answering(edited(applied), "m").fine("drift", "--write", "-m", "example")
    assert "wrote municipalities/example.yaml" in ran.out
    patch = '{"dataElements/EX_TEST_DATE": {name: {en: Sampled on}}}'
    assert f'prod: {{patches: {patch}, url: "http' in applied.read(name)


def test_an_edit_goes_into_the_package(applied: House) -> None:
    """The value is replaced where it is written, and nothing else of the file."""
    house = answering(edited(applied), "p")
    before = house.read("packages/example/dictionary.yaml")
    house.fine("drift", "--write")
    assert house.read("packages/example/dictionary.yaml") == before.replace("Test taken on", "Sampled on")
    assert {field for _, _, field in changes_of(house.plan())} == {"shortName"}


def test_an_edit_is_left_or_set_back(applied: House) -> None:
    """Neither touches a file; whoever had enough is asked no more."""
    house = edited(applied)
    house.server.edit("dataElements", "EX_LAST_DAY", name="Last")
    before = house.read("municipalities/example.yaml"), house.read("packages/example/dictionary.yaml")
    answering(house, "l", "s").fine("drift", "--write")
    answering(house, "q").fine("drift", "--write")
    assert before == (
        house.read("municipalities/example.yaml"),
        house.read("packages/example/dictionary.yaml"),
    )


def test_what_only_a_person_can_write(applied: House) -> None:
    """A member that somebody took away: no file is offered."""
    program = applied.server.found("programs", "EX_FOLLOW_UP")
    applied.server.edit("programs", "EX_FOLLOW_UP", organisationUnits=[])
    assert program["organisationUnits"]
    ran = answering(applied, "l").fine("drift", "--write")
    assert "of this kind only a person can write it into a file" in ran.err


def test_a_value_that_the_files_do_not_allow_is_taken_back(applied: House) -> None:
    """The findings are shown, and the file stands as it was."""
    applied.server.edit("dataElements", "EX_TEST_RESULT", valueType="NUMBER", optionSet=None)
    before = applied.read("packages/example/dictionary.yaml")
    ran = answering(applied, "p", "l", "l", "l").fine(
        "drift", f"{ELEMENT.replace('DATE', 'RESULT')}.valueType", "--write"
    )
    assert "stands as it was: with that value it would have errors" in ran.err
    assert applied.read("packages/example/dictionary.yaml") == before


def test_a_server_without_a_file_has_no_place_for_patches(applied: House) -> None:
    """With `--server` there is no municipality: the package is the only file that is offered."""
    edited(applied)
    applied.environ = {"DHIS2CFG_TOKEN": SANDBOX_TOKEN}
    ran = answering(applied, "p").fine("drift", "--write", "--server", URL)
    assert "(patches)" not in ran.err
    assert "make it everybody's" in ran.err


def test_write_wants_a_terminal(applied: House) -> None:
    """In a pipeline nobody can be asked."""
    assert applied.run("drift", "--write").code == 64
