"""Tests of which municipalities are meant."""

from dataclasses import replace

import pytest

from dhis2cfg.errors import UsageError
from dhis2cfg.fleet.selection import Selection, choose, refuse_partial
from dhis2cfg.fleet.work import strictest
from dhis2cfg.model.fleet import Fleet, Municipality, Target
from dhis2cfg.model.places import Place

PLACE = Place(file="fleet.yaml")


def a_municipality(name: str, **urls: str) -> Municipality:
    """A municipality with a server an environment."""
    servers = {
        environment: Target(name=name, environment=environment, url=url, municipalities=(name,))
        for environment, url in urls.items()
    }
    return Municipality(name=name, number="", title=name.title(), place=PLACE, servers=servers, packages=())


def a_fleet(*municipalities: Municipality) -> Fleet:
    """A fleet without anything else."""
    return Fleet(name="f", place=PLACE, municipalities=municipalities)


def test_the_only_server_is_meant_whatever_its_environment_is_called() -> None:
    """Where others have `prod`, one that has only `test` is asked there."""
    fleet = a_fleet(a_municipality("a", prod="https://a"), a_municipality("b", test="https://b"))
    chosen = choose(fleet, Selection(), all_is_default=True)
    assert [each.target.url for each in chosen] == ["https://a", "https://b"]


def test_the_only_environment_needs_no_name() -> None:
    """A fleet that has only `test` means it."""
    fleet = a_fleet(a_municipality("a", test="https://a"), a_municipality("b", test="https://b"))
    assert len(choose(fleet, Selection(), all_is_default=True)) == 2


def test_two_environments_and_none_of_them_meant() -> None:
    """A municipality without a server in `prod`, and with two others, must be told which."""
    fleet = a_fleet(
        a_municipality("a", prod="https://a"), a_municipality("b", test="https://b", dev="https://d")
    )
    with pytest.raises(UsageError, match="b has no server in the environment prod") as caught:
        choose(fleet, Selection(), all_is_default=True)
    assert caught.value.details == ("its environments: dev, test",)


def test_a_municipality_without_a_server() -> None:
    """There is nothing to be asked."""
    with pytest.raises(UsageError) as caught:
        choose(a_fleet(a_municipality("a")), Selection(), all_is_default=True)
    assert caught.value.details == ("its environments: none",)


def test_the_only_municipality_needs_no_selection() -> None:
    """Also where no default is wanted."""
    assert len(choose(a_fleet(a_municipality("a", prod="https://a")), Selection(), all_is_default=False)) == 1


def test_a_fleet_of_none() -> None:
    """No municipality is a sentence, not an empty success."""
    with pytest.raises(UsageError):
        choose(a_fleet(), Selection(), all_is_default=True)
    with pytest.raises(UsageError, match="no municipality is called x"):
        choose(a_fleet(), Selection(municipalities=("x",)), all_is_default=False)


def sharing(*names: str) -> Fleet:
    """Municipalities on one server."""
    target = Target(name="host", environment="prod", url="https://host", municipalities=names)
    each = [a_municipality(name) for name in names]
    return a_fleet(*(replace(one, servers={"prod": target}) for one in each))


def test_a_server_is_chosen_with_everybody_on_it() -> None:
    """One of them is meant, the other contributes all the same."""
    (chosen,) = choose(sharing("a", "b"), Selection(municipalities=("b",)), all_is_default=False)
    assert [each.name for each in chosen.municipalities] == ["a", "b"]
    assert chosen.meant == ("b",)
    assert chosen.left_out == ("a",)
    with pytest.raises(UsageError, match="host serves a too") as caught:
        refuse_partial([chosen])
    assert caught.value.following == ("name all of them: -m a -m b",)


def test_a_shared_server_goes_by_its_own_name() -> None:
    """All on it are meant, and nothing is refused."""
    (chosen,) = choose(sharing("a", "b"), Selection(municipalities=("host",)), all_is_default=False)
    assert chosen.left_out == ()
    refuse_partial([chosen])


def test_the_strictest_limit_holds_for_all() -> None:
    """Of each limit the lowest; one that only one of them has holds too."""
    assert strictest([{"max_delete": 5, "max_update": 9}, {"max_delete": 3}]) == {
        "max_delete": 3,
        "max_update": 9,
    }
