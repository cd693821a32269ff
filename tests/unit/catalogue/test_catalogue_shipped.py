"""The schemas that come with the program."""

from pathlib import Path

import pytest

from dhis2cfg.catalogue import oddities, shipped
from dhis2cfg.errors import NotSupported


def test_three_versions_are_shipped_and_remembered() -> None:
    """Each is read once."""
    assert shipped.VERSIONS == ("2.41", "2.42", "2.43")
    assert shipped.load("2.42") is shipped.load("2.42")
    assert [shipped.load(version).version for version in shipped.VERSIONS] == list(shipped.VERSIONS)


def test_another_version_is_refused_with_the_way_to_get_it() -> None:
    """A server of a version that nobody has looked at is not guessed at."""
    with pytest.raises(NotSupported, match=r"DHIS2 2\.44") as refused:
        shipped.load("2.44")
    assert "schema pull" in refused.value.following[0]


@pytest.mark.parametrize("version", ["2.42.5-SNAPSHOT", "2.42.5.2", "2.42"])
def test_a_server_gets_the_catalogue_of_its_line(version: str) -> None:
    """What a server says of itself carries patch numbers and suffixes."""
    assert shipped.for_server(version).version == "2.42"


def test_json_schemas_are_read_by_name() -> None:
    """Whoever validates asks for the file by its name."""
    assert '"$schema"' in shipped.schema_text("package.schema.json")


def test_an_installed_package_carries_its_schemas_inside(tmp_path: Path) -> None:
    """A wheel has them in the package, a checkout beside it."""
    package = tmp_path / "dhis2cfg"
    package.mkdir()
    assert shipped.folder(package) == tmp_path / "schemas"
    (package / "schemas").mkdir()
    assert shipped.folder(package) == package / "schemas"


def test_a_type_is_proven_per_version() -> None:
    """Maps came back whole on 2.43 alone; nobody has seen a working list come back."""
    assert oddities.is_proven("programs", "2.41")
    assert [oddities.is_proven("maps", version) for version in shipped.VERSIONS] == [False, False, True]
    assert not oddities.is_proven("programStageWorkingLists", "2.42")
