"""Tests of fleet files: defaults, servers and targets, thresholds, what shared servers need."""

from pathlib import Path

import pytest

from dhis2cfg.load.forms.schemas import as_json
from dhis2cfg.model.fleet import Allowance, Fleet, Municipality, PackageChoice, Target
from dhis2cfg.model.sources import FleetSource
from dhis2cfg.model.tree import Document
from dhis2cfg.resolve import Address, read_address, read_fleet
from tests.unit.resolve.building import a_fleet, a_tree, rules, told


def a_source(fleet: str, **municipalities: str) -> FleetSource:
    """Files as trees that no form was laid over."""
    return FleetSource(
        fleet=Document(file="fleet.yaml", root=a_tree(fleet), text=fleet),
        municipalities={
            name: Document(file=f"municipalities/{name}.yaml", root=a_tree(text), text=text)
            for name, text in municipalities.items()
        },
    )


def one(fleet: Fleet) -> Municipality:
    """The only municipality."""
    (municipality,) = fleet.municipalities
    return municipality


def test_a_fleet_is_read_whole(tmp_path: Path) -> None:
    """Name, waves, gates and whose locks are expected."""
    fleet, _, findings = a_fleet(
        tmp_path,
        {"by": "number: '1'"},
        fleet="""
            name: smittevern
            state: {group: NO_UG_KS, accounts: [robot]}
            waves: {1: [by], 2: ["*"]}
            gates: {prod: {applied-in: test}, test: {}}
            """,
    )
    assert findings == []
    assert (fleet.name, fleet.state_group, fleet.state_accounts) == ("smittevern", "NO_UG_KS", ("robot",))
    assert (fleet.waves, fleet.gates) == ({"1": ("by",), "2": ("*",)}, {"prod": "test"})


def test_a_package_alone_has_a_nameless_fleet() -> None:
    """Without `fleet.yaml` there is a fleet of nobody."""
    fleet, findings = read_fleet(FleetSource(fleet=None))
    assert (fleet.name, fleet.municipalities, findings) == ("", (), ())


def test_defaults_lie_under_each_municipality_key_by_key(tmp_path: Path) -> None:
    """The municipality wins, at every depth."""
    fleet, _, findings = a_fleet(
        tmp_path,
        {"by": "{name: Byen, packages: {p: {parameters: {days: 5}}}, thresholds: {max_delete: 1}}"},
        fleet="""
            name: f
            defaults:
              number: "0"
              packages: {p: {version: ">=1.4", parameters: {days: 7, word: x}}, q: {}}
              thresholds: {max_delete: 5, max_update_percent: 60}
            """,
    )
    assert findings == []
    by = one(fleet)
    assert (by.name, by.title, by.number) == ("by", "Byen", "0")
    assert [(each.name, each.version) for each in by.packages] == [("p", ">=1.4"), ("q", "")]
    assert by.packages[0].parameters == {"days": "5", "word": "x"}
    assert by.packages[0].parameter_places["days"].file == "municipalities/by.yaml"
    assert by.packages[0].parameter_places["word"].file == "fleet.yaml"
    assert by.thresholds == {"max_delete": 1, "max_update_percent": 60}


def test_a_municipality_without_content_is_called_by_its_file(tmp_path: Path) -> None:
    """An empty file is a municipality that uses nothing."""
    fleet, _, findings = a_fleet(tmp_path, {"by": ""})
    assert findings == []
    assert (one(fleet).title, one(fleet).packages, one(fleet).servers) == ("by", (), {})


def test_allowances_keep_their_place(tmp_path: Path) -> None:
    """A permission says for what, until when and why."""
    fleet, _, _ = a_fleet(
        tmp_path,
        {"by": "allow: [{kind: breaking, on: optionSets/S, until: 2026-12-01, why: agreed}, {kind: access}]"},
    )
    first, second = one(fleet).allow
    assert first == Allowance(
        kind="breaking", on="optionSets/S", until="2026-12-01", why="agreed", place=first.place
    )
    assert (second.kind, second.on, second.until, second.why) == ("access", "", "", "")


def test_servers_become_targets(tmp_path: Path) -> None:
    """By environment, normalised; who stands alone on a server gives the target its name."""
    fleet, _, findings = a_fleet(
        tmp_path,
        {
            "amot": "server: {url: https://amot.example.org/}",
            "oslo": "servers: {prod: {url: https://shared.example.org/dhis, ca: ca.pem}, test: {url: http://t:8080}}",
            "asker": "servers: {prod: {url: HTTPS://Shared.Example.org:443/dhis/}}",
            "demo": "server: {url: http://localhost:8081, sandbox: true}",
        },
    )
    assert findings == []
    targets = {each.name: dict(each.servers) for each in fleet.municipalities}
    assert targets["amot"]["prod"] == Target(
        name="amot",
        environment="prod",
        url="https://amot.example.org",
        municipalities=("amot",),
        place=targets["amot"]["prod"].place,
    )
    assert targets["oslo"]["prod"].url == "https://shared.example.org/dhis"
    assert targets["oslo"]["prod"].municipalities == ("asker", "oslo")
    assert targets["oslo"]["prod"].name == "shared.example.org/dhis"
    assert (targets["oslo"]["prod"].ca, targets["asker"]["prod"].ca) == ("ca.pem", "")
    assert (targets["oslo"]["test"].name, targets["oslo"]["test"].url) == ("oslo", "http://t:8080")
    assert targets["demo"]["prod"].sandbox


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://DHIS.example.org/", "https://dhis.example.org"),
        ("https://dhis.example.org:443", "https://dhis.example.org"),
        ("http://dhis.example.org:80/a//b/", "http://dhis.example.org/a/b"),
        ("http://dhis.example.org:8080", "http://dhis.example.org:8080"),
        ("https://dhis.example.org.", "https://dhis.example.org"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
    ],
)
def test_an_address_has_one_spelling(text: str, url: str) -> None:
    """Small letters, no usual port, no slash at the end."""
    address = read_address(text)
    assert isinstance(address, Address)
    assert address.url == url


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("dhis.example.org", "a server's address begins with https:// or http://"),
        ("https:///dhis", "the address names no host"),
        ("https://me:secret@dhis.example.org", "credentials do not belong into a file of the repository"),
        ("https://dhis.example.org/?a=b", "the address of a server ends with its path, without ? or #"),
        ("https://dhis.example.org/api", "leave /api out: it is added by the program"),
        ("https://dhis.example.org:port", "this cannot be read as a URL"),
        ("https://[dhis", "this cannot be read as a URL"),
    ],
)
def test_what_is_no_address_says_why(text: str, problem: str) -> None:
    """An address that cannot be used is refused with the reason."""
    assert read_address(text) == problem


def test_an_origin_prints_without_its_usual_port() -> None:
    """What credentials are bound to, as people write it."""
    address = read_address("https://dhis.example.org:8443/x")
    assert isinstance(address, Address)
    assert (str(address.origin), address.is_loopback) == ("https://dhis.example.org:8443", False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "server: {url: dhis.example.org}",
            ("server-url", "1:15", "dhis.example.org is no address of a server"),
        ),
        ("server: {ca: x}", ("server-url", "1:9", "nothing is no address of a server")),
        (
            "server: {sandbox: true, url: https://dhis.example.org}",
            (
                "sandbox-url",
                "1:30",
                "sandbox: true goes with this machine only, not with https://dhis.example.org",
            ),
        ),
        (
            "{server: {url: http://a}, servers: {test: {url: http://b}}}",
            ("two-servers", "1:10", "server: and servers: are both written"),
        ),
        (
            "packages: {p: {version: newest}}",
            ("version-requirement", "1:25", "'newest' cannot be read as versions of p"),
        ),
    ],
)
def test_what_a_municipality_may_not_say(tmp_path: Path, text: str, expected: tuple[str, str, str]) -> None:
    """One mistake is one finding, and the rest is read all the same."""
    _, _, findings = a_fleet(tmp_path, {"by": text})
    assert told(findings) == [expected]


def test_forms_that_load_would_refuse_do_no_harm() -> None:
    """A server that is a text, packages that are a list, parameters that are no values, reserved words."""
    fleet, findings = read_fleet(
        a_source(
            "{name: f, gates: {prod: test}, adopt: x}",
            by="""
                server: http://a
                packages: [p, {q: 1}]
                extends: base
                thresholds: {max_delete: -1, max: x}
                """,
            land="""
                sandbox: true
                servers: {prod: http://localhost}
                packages: {p: '>=1', q: {parameters: {a: [1], b: }}}
                """,
        )
    )
    assert rules(findings) == ["reserved-word", "reserved-word"]
    by, land = fleet.municipalities
    assert by.thresholds == {}
    assert land.servers["prod"].sandbox
    assert by.servers["prod"].url == "http://a"
    assert [each.name for each in by.packages] == ["p"]
    assert [(each.name, each.version) for each in land.packages] == [("p", ">=1"), ("q", "")]
    assert land.packages[1].parameters == {"b": None}
    assert isinstance(land.packages[0], PackageChoice)


def test_municipalities_of_one_server_say_the_same(tmp_path: Path) -> None:
    """Parameter values and patches must be equal; units, assignments and members need not be."""
    server = "server: {url: https://shared.example.org}\n"
    _, _, findings = a_fleet(
        tmp_path,
        {
            "a": server
            + "packages: {p: {parameters: {days: 5, word: x}}, q: {}}\n"
            + "patches: {programs/P: {description: x}, programs/Q: {description: x}}\n"
            + "members: {userGroups/G: [kari]}\n",
            "b": server
            + "packages: {p: {parameters: {days: 6, word: x, more: y}}, r: {}}\n"
            + "patches: {programs/P: {description: y}, programs/R: {description: x}}\n",
            "c": "packages: {p: {parameters: {days: 7}}}",
            "d": "server: {url: https://d.example.org}",
        },
    )
    assert told(findings) == [
        (
            "shared-conflict",
            "1:1",
            "b and a share https://shared.example.org and differ in the patch of programs/Q",
        ),
        (
            "shared-conflict",
            "2:35",
            "b and a share https://shared.example.org and differ in parameter days of p",
        ),
        (
            "shared-conflict",
            "2:53",
            "b and a share https://shared.example.org and differ in parameter more of p",
        ),
        (
            "shared-conflict",
            "3:11",
            "b and a share https://shared.example.org and differ in the patch of programs/P",
        ),
        (
            "shared-conflict",
            "3:41",
            "b and a share https://shared.example.org and differ in the patch of programs/R",
        ),
    ]


def test_patches_are_compared_by_what_they_say(tmp_path: Path) -> None:
    """Order of keys and spelling of lists do not count; tags and lengths do."""
    server = "server: {url: https://shared.example.org}\n"
    _, _, findings = a_fleet(
        tmp_path,
        {
            "a": server + "patches: {programs/P: {code: x, name: !once y, userRoles: [A, B]}}",
            "b": server + "patches:\n  programs/P:\n    userRoles: [A, B]\n    name: !once y\n    code: x\n",
        },
    )
    assert findings == []
    _, _, findings = a_fleet(
        tmp_path, {"b": server + "patches: {programs/P: {code: x, name: y, userRoles: [A]}}"}
    )
    assert rules(findings) == ["shared-conflict"]


ON_ITS_OWN = """
servers:
  prod:
    url: https://by.example.org
    packages: {p: {parameters: {days: 5}}, q: {version: '>=2'}}
    patches: {programs/P: {description: x}}
    members: {userGroups/G: [kari]}
  shared: {url: https://shared.example.org}
packages: {p: {version: '>=1', parameters: {days: 6, word: x}}}
patches: {programs/P: {code: y}}
"""


def test_what_holds_on_one_server_alone(tmp_path: Path) -> None:
    """It is laid over what the file says of all, key by key; on the others the file says what it says."""
    fleet, _, findings = a_fleet(tmp_path, {"by": ON_ITS_OWN})
    assert findings == []
    by = one(fleet)
    there, elsewhere = fleet.in_environment(by, "prod"), fleet.in_environment(by, "shared")
    assert elsewhere is by
    assert [(each.name, each.version, dict(each.parameters)) for each in there.packages] == [
        ("p", ">=1", {"days": "5", "word": "x"}),
        ("q", ">=2", {}),
    ]
    assert there.patches is not None
    assert as_json(there.patches) == {"programs/P": {"code": "y", "description": "x"}}
    assert [dict(each.parameters) for each in by.packages] == [{"days": "6", "word": "x"}]
    assert there.members is not None
    assert (as_json(there.members), by.members) == ({"userGroups/G": ["kari"]}, None)
    assert there.servers == by.servers
    assert list(by.servers) == ["prod", "shared"]


def test_what_holds_on_one_server_alone_is_no_conflict_on_another(tmp_path: Path) -> None:
    """Only what both say of the server that they share must be equal."""
    common = "packages: {p: {parameters: {days: 6, word: x}}}\npatches: {programs/P: {code: y}}\n"
    other = "servers: {shared: {url: https://shared.example.org}}\n" + common
    assert a_fleet(tmp_path, {"by": ON_ITS_OWN, "land": other})[2] == []
    otherwise = other.replace("org}", "org, packages: {p: {parameters: {days: 7}}}}")
    _, _, findings = a_fleet(tmp_path, {"by": ON_ITS_OWN, "land": otherwise})
    assert told(findings) == [
        (
            "shared-conflict",
            "1:87",
            "land and by share https://shared.example.org and differ in parameter days of p",
        )
    ]


def test_a_mistake_in_what_holds_everywhere_is_one_finding(tmp_path: Path) -> None:
    """It is not found again for the server that has more; a server without an address has nothing."""
    wrong = ON_ITS_OWN.replace("'>=1'", "newest").replace("url: https://by.example.org", "url: by")
    _, _, findings = a_fleet(tmp_path, {"by": wrong})
    assert rules(findings) == ["server-url", "version-requirement"]
    again = ON_ITS_OWN.replace("'>=1'", "newest")
    assert rules(a_fleet(tmp_path, {"by": again})[2]) == ["version-requirement"]
