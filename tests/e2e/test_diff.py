"""`diff` finds its two sides: revisions, the files as they stand, folders; and what is in the way of that."""

import shutil
from pathlib import Path

import pytest

from tests.e2e.house import House, Ran
from tests.review.pairs import BEFORE, HERE, commit, git, repository

PACKAGE = "packages/sporing"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A repository with two revisions, tagged `before` and `after`."""
    return House(folder=repository("value-type", tmp_path))


def head(ran: Ran) -> str:
    """The first line of what was told."""
    return ran.out.partition("\n")[0]


@pytest.mark.parametrize("words", ["before..after", "before...after", "before..", "before", "before..HEAD"])
def test_revisions(house: House, words: str) -> None:
    """Two revisions, from where they went apart, and a revision against the files as they stand."""
    assert head(house.fine("diff", words)) == "sporing 1.3.2: 1 change, 1 breaking, for 2 municipalities"


def test_the_files_as_they_stand(house: House) -> None:
    """Without a word, against HEAD; nothing changed is said so, and so is a file that is only moved."""
    assert house.fine("diff").out == "No change: both sides hold the same files.\n"
    (house.folder / PACKAGE / "access.yaml").rename(house.folder / PACKAGE / "who.yaml")
    assert house.fine("diff").out == "No change in what is configured (2 files moved).\n"
    assert house.run("diff", "--exit-code").code == 0


def test_folders(house: House, tmp_path: Path) -> None:
    """Two folders, or one against the workspace; no git is needed."""
    shutil.copytree(BEFORE, tmp_path / "one")
    shutil.copytree(BEFORE, tmp_path / "two")
    shutil.copytree(HERE / "compulsory" / "after", tmp_path / "two", dirs_exist_ok=True)
    told = house.fine("diff", str(tmp_path / "one"), str(tmp_path / "two"))
    assert head(told) == "sporing 1.3.2: 1 change, for 2 municipalities"
    told = house.fine("diff", str(tmp_path / "one"))
    assert head(told) == "sporing 1.3.2: 1 change, 1 breaking, for 2 municipalities"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere..after",), "git knows no revision nowhere here"),
        (("--", "-x..after"), "git knows no revision -x here"),
        (("a", "b"), "diff wants A..B, or two folders that exist"),
    ],
)
def test_slips(house: House, words: tuple[str, ...], said: str) -> None:
    """What cannot be meant is said with what can be."""
    ran = house.run("diff", *words)
    assert ran.code == 64
    assert said in ran.flat


def test_outside_of_a_repository(tmp_path: Path) -> None:
    """Where there is no repository, folders are offered."""
    shutil.copytree(BEFORE, tmp_path / "alone")
    ran = House(folder=tmp_path / "alone").run("diff")
    assert ran.code == 64
    assert "is in no git repository" in ran.flat


def test_a_revision_without_the_workspace(tmp_path: Path) -> None:
    """A revision that holds no workspace at this place is said, not taken for an empty one."""
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "README.md").write_text("a", encoding="utf-8")
    commit(folder, "first")
    shutil.copytree(BEFORE, folder / "inner")
    commit(folder, "second")
    house = House(folder=folder / "inner")
    ran = house.run("diff", "first..second")
    assert ran.code == 64
    assert "first holds no workspace here" in ran.flat
    assert house.fine("diff", "second..").out.startswith("No change")


def test_unrelated_revisions(house: House) -> None:
    """Revisions without a common one are compared as they are."""
    tree = git(house.folder, "rev-parse", "after^{tree}")
    alone = git(house.folder, "commit-tree", tree, "-m", "alone")
    assert head(house.fine("diff", f"before...{alone}")).endswith("1 breaking, for 2 municipalities")


def test_links_and_odd_files(house: House) -> None:
    """Symbolic links are put as links; what leads out of the workspace is a finding, as in a check-out."""
    (house.folder / PACKAGE / "link.yaml").symlink_to("/etc/hostname")
    (house.folder / PACKAGE / "again.md").symlink_to("package.yaml")
    commit(house.folder, "linked")
    ran = house.run("diff", "after..linked")
    assert ran.code == 3
    assert "in the files: what is told may not be all" in ran.out


def test_errors_in_the_files(house: House) -> None:
    """What can be told is told; the code says that it may not be all."""
    house.change(f"{PACKAGE}/data-elements.yaml", "optionSet: SP_PROVESVAR", "optionSet: NOWHERE")
    for output in ("text", "markdown"):
        ran = house.run("diff", "--format", output)
        assert ran.code == 3
        assert "what is told may not be all" in ran.out


def test_a_package_comes_and_goes(house: House) -> None:
    """A new package is counted, one that is gone as well; a package under another name is the same one."""
    house.write(
        "packages/new/package.yaml", 'name: new\nversion: 0.1.0\ntitle: Ny\ndhis2: ">=2.41"\nlocale: nb\n'
    )
    elements = "".join(
        f"  N_{number}: {{name: Ny {number}, valueType: TEXT, domainType: TRACKER, aggregationType: NONE}}\n"
        for number in range(20)
    )
    house.write("packages/new/elements.yaml", f"dataElements:\n{elements}")
    house.fine("lock")
    told = house.fine("diff")
    assert head(told) == "new 0.1.0, new: 20 changes"
    assert "+ new: 20 data elements" in told.out
    assert told.out.count("\n") < 12
    assert "+ data element Ny 7: new" in house.fine("diff", "--full").out
    commit(house.folder, "new")
    shutil.rmtree(house.folder / "packages/new")
    told = house.fine("diff", "new..")
    assert head(told).startswith("new 0.1.0, gone: 20 changes, 20 leaves the package")


def test_what_else_a_municipality_is_told(house: House) -> None:
    """Addresses are access; so are new members, whose names are kept back, units, permissions and limits."""
    house.change("municipalities/oslo.yaml", "https://oslo.example.org", "https://elsewhere.example.org")
    house.change("municipalities/oslo.yaml", "[kari01]", "[kari01, ola02]")
    house.change("municipalities/oslo.yaml", "isolasjon_dager: 6", "isolasjon_dager: 7")
    house.write(
        "municipalities/oslo.yaml",
        house.read("municipalities/oslo.yaml")
        + "assign: {programs/SP_INDEKS: [oslo, SP_OST]}\n"
        + "organisationUnits: {SP_OST: {name: Oslo øst, openingDate: 2020-01-01}}\n"
        + "thresholds: {max_delete: 50}\n"
        + "patches:\n  dataElements/SP_TEMPERATUR: {valueType: INTEGER}\n"
        + "  userRoles/SP_SPORER: {authorities: [ALL]}\n"
        + "allow: [{kind: breaking, on: optionSets/SP_PROVESVAR, until: 2030-01-01, why: sak}]\n",
    )
    house.write(
        "fleet.yaml",
        "name: other\npackages: packages/*\nmunicipalities: municipalities/*.yaml\n"
        'defaults: {packages: {sporing: {version: ">=1.1"}}}\nwaves: {"1": [oslo]}\n'
        "state: {accounts: [robot]}\n",
    )
    house.fine("lock")
    text = " ".join(house.fine("diff").out.split())
    for told in (
        "breaking: the fleet: name of the fleet “smittevern” → “other” records on servers",
        "breaking: municipality Oslo: its own valueType of SP_TEMPERATUR",
        "access: municipality Oslo: address of the server in prod https://oslo.example.org → https://elsewhere",
        "configuration and credentials go to another server",
        "access: municipality Oslo: + member a user of SP_SPORERE",
        "access: municipality Oslo: + unit SP_OST that works with SP_INDEKS",
        "access: municipality Oslo: limit max_delete – → 50",
        "access: municipality Oslo: + permission kind: breaking, on: optionSets/SP_PROVESVAR",
        "access: municipality Oslo: + its own authorities ALL of SP_SPORER",
        "~ isolasjon_dager (parameter of sporing) 6 → 7",
        "default of all: version of sporing >=1.0 → >=1.1",
        "+ wave 1 oslo",
        "who may read or lock the tool's own keys: accounts robot",
    ):
        assert told in text, (told, text)
    assert "ola02" not in text
    assert "ola02" in house.fine("diff", "--who").out


def test_a_municipality_goes(house: House) -> None:
    """What is no longer planned is said; under another name it is the same one."""
    (house.folder / "municipalities/oslo.yaml").rename(house.folder / "municipalities/christiania.yaml")
    assert "municipality Oslo: is called christiania in files now, not oslo" in house.fine("diff").out
    (house.folder / "municipalities/christiania.yaml").unlink()
    text = " ".join(house.fine("diff").out.split())
    assert "municipality Oslo: its server is no longer planned or applied" in text


def test_tags_settings_and_secrets(house: House) -> None:
    """Starting values, fields let go, secrets by name, settings: each is told in its own words."""
    elements = f"{PACKAGE}/data-elements.yaml"
    house.change(
        elements,
        "description:\n      nb: Svaret",
        "url: !once https://a.example\n    description:\n      nb: Svaret",
    )
    house.write(f"{PACKAGE}/settings.yaml", "systemSettings: {applicationTitle: Smittesporing}\n")
    house.write(
        f"{PACKAGE}/routes.yaml",
        "routes:\n  SP_RUTE:\n    name: {nb: Rute, en: Route}\n    code: SP_RUTE\n"
        "    url: https://a.example\n    sharing: dictionary\n"
        "    auth: {type: api-token, token: !secret FIRST}\n",
    )
    house.fine("lock")
    commit(house.folder, "tagged")
    house.change(elements, "!once https://a.example", "!once https://b.example")
    text = house.read(elements)
    start, end = (
        text.index("    description:\n      nb: Svaret"),
        text.index("    valueType: TEXT\n    optionSet: SP_PROVESVAR"),
    )
    house.write(elements, f"{text[:start]}    description: !keep\n{text[end:]}")
    house.change(f"{PACKAGE}/settings.yaml", "Smittesporing", "Sporing")
    house.change(f"{PACKAGE}/routes.yaml", "!secret FIRST", "!secret SECOND")
    ran = house.run("diff", "tagged..")
    text = " ".join(ran.out.split())
    for told in (
        "url https://a.example → https://b.example a starting value",
        "no longer managed: what stands on servers stays",
        "“Smittesporing” → “Sporing”",
        "access: route Rute: auth type: “api-token”, token: “secret FIRST” → type: “api-token”, token:",
    ):
        assert told in text, (told, text)
