"""Pages on versions of packages, on municipalities and on their servers."""

from dhis2cfg.model.findings import Severity
from dhis2cfg.validate.pages import Page

PAGES = (
    Page(
        rule="package-version",
        what="A package's version is not X.Y.Z, or is not one that a municipality accepts.",
        why=(
            "The version says what stands on a server and which way an upgrade goes, so it is compared "
            "number by number; and nobody gets a version that was not asked for."
        ),
        wrong="""
# packages/covid-no/package.yaml says version: 1.3.2
packages: {covid-no: {version: ">=1.4"}}
""",
        right="""
packages: {covid-no: {version: ">=1.3"}}
""",
    ),
    Page(
        rule="version-requirement",
        what="A requirement on versions cannot be read.",
        why=(
            "It decides by which DHIS2 versions a package is judged, and which releases a municipality gets. "
            "Outside quotes `>` begins a block of text in YAML."
        ),
        wrong="""
dhis2: "2.41 to 2.43"
""",
        right="""
dhis2: ">=2.41,<2.44"
""",
    ),
    Page(
        rule="unknown-version",
        what="A package is for versions of DHIS2 of which no catalogue is here.",
        why=(
            "Nobody knows which types and properties those versions have, so the package is read by the ones "
            "that are shipped, and refused. `dhis2cfg schema pull` reads a catalogue from a server."
        ),
        wrong="""
dhis2: ">=2.50"
""",
        right="""
dhis2: ">=2.41,<2.44"
""",
    ),
    Page(
        rule="unknown-package",
        what="A municipality uses a package that the workspace does not have.",
        why=(
            "Its server would be configured without it, or what it had from it would look as if it were "
            "dropped."
        ),
        wrong="""
packages: {covid: {}}                          # the package calls itself covid-no
""",
        right="""
packages: {covid-no: {}}
""",
    ),
    Page(
        rule="missing-requirement",
        what=(
            "A package requires another one, and the workspace does not hold it in that version, or a "
            "municipality does not use it."
        ),
        why=(
            "Its objects refer to those of the other package, and DHIS2 refuses references to what is not "
            "there. Packages are looked up in the folders of the workspace and nowhere else."
        ),
        wrong="""
# covid-no says requires: {felles: ">=1.0"}
packages: {covid-no: {}}
""",
        right="""
packages: {felles: {}, covid-no: {}}
""",
    ),
    Page(
        rule="two-packages",
        what="Two packages define the same object differently.",
        why=(
            "A server has it once, so each apply of one package would undo the other. Packages share an "
            "object by its UID, whatever each calls it. Where they say different things of it, a "
            "municipality or the fleet file says whose counts (`shared: {userGroups/NO_UG_SPORER: "
            "covid-no}`; a list of packages puts sharing and members together), or gives it a value of its "
            "own under `patches:`."
        ),
        wrong="""
# packages/covid-no/groups.yaml
userGroups: {NO_UG_SPORER: {id: aB3dE5gH7jK, name: Smittesporere}}
# packages/tuberkulose/groups.yaml
userGroups: {NO_UG_SPORER: {id: aB3dE5gH7jK, name: Sporere}}
""",
        right="""
# packages/covid-no/groups.yaml
userGroups: {NO_UG_SPORER: {id: aB3dE5gH7jK, name: Smittesporere}}
# packages/tuberkulose/groups.yaml
userGroups: {NO_UG_SPORER: {id: aB3dE5gH7jK, name: Smittesporere}}
""",
    ),
    Page(
        rule="adoption",
        what="`adopt:` does not say what stands on the server already, or how it is found there.",
        why=(
            "What is adopted keeps the UID that it has on each server, and nothing of it is changed; so it "
            "has to be one object of the packages, found by plain properties: its UID, its code, its name, "
            "or the values that the package itself gives (`[factor, number]`)."
        ),
        wrong="""
adopt: {dataElements/NO_FEBER: {legendSets: NO_TEMPERATUR}}
""",
        right="""
adopt: {dataElements/NO_FEBER: {code: FEVER}}
""",
    ),
    Page(
        rule="unit-unknown",
        what="A municipality does not say how its organisation unit is found.",
        why=(
            "The unit stands on the server before anything is applied and is found there by `id`, `code` or "
            "`name`; programs are assigned to it. With `openingDate` it may be made on an empty server."
        ),
        wrong="""
organisationUnit: {openingDate: 1970-01-01}    # and no name and number beside it
""",
        right="""
organisationUnit: {code: "5501"}
""",
    ),
    Page(
        rule="patch-not-allowed",
        what="A patch changes a UID, or which children an object has.",
        why=(
            "A patch changes single properties. Which objects there are is the package's to say: otherwise "
            "an upgrade could not tell what it may take away."
        ),
        wrong="""
patches: {programs/NO_C19_INDEKS: {programStages: {NO_EKSTRA: {name: Ekstra}}}}
""",
        right="""
patches: {programStages/NO_C19_INDEKS/NO_IX_PROVE: {description: Prøver tatt i Tromsø}}
""",
    ),
    Page(
        rule="expired-allowance",
        what="A dated permission under `allow:` has ended.",
        why="It allows nothing any more: what it was for is refused again, and nobody should rely on it.",
        wrong="""
allow: [{kind: breaking, on: optionSets/NO_PROVESVAR, until: 2025-12-01, why: "sak 2025/118"}]
""",
        right="""
allow: []
""",
        severity=Severity.WARNING,
    ),
    Page(
        rule="shared-conflict",
        what="Two municipalities on one server give a parameter or a patch different values.",
        why=(
            "A rule or a data element exists once on that server, so only one of the values can hold for "
            "both. A value that is one municipality's alone stands beside the address of its own server."
        ),
        wrong="""
# municipalities/alta.yaml
server: {url: "https://finnmark.example.org"}
packages: {covid-no: {parameters: {isolasjon_dager: 5}}}
# municipalities/loppa.yaml
server: {url: "https://finnmark.example.org"}
packages: {covid-no: {parameters: {isolasjon_dager: 6}}}
""",
        right="""
# municipalities/alta.yaml
servers:
  prod: {url: "https://alta.example.org", packages: {covid-no: {parameters: {isolasjon_dager: 5}}}}
  shared: {url: "https://finnmark.example.org"}
packages: {covid-no: {}}
# municipalities/loppa.yaml
servers: {shared: {url: "https://finnmark.example.org"}}
packages: {covid-no: {}}
""",
    ),
    Page(
        rule="two-servers",
        what="A municipality has both `server:` and `servers:`.",
        why="`server:` is the only one; beside others it would be open which of them production is.",
        wrong="""
server: {url: https://tromso.example.org}
servers: {test: {url: https://tromso-test.example.org}}
""",
        right="""
servers: {prod: {url: https://tromso.example.org}, test: {url: https://tromso-test.example.org}}
""",
    ),
    Page(
        rule="server-url",
        what="The address of a server is missing, or is none.",
        why=(
            "Credentials are bound to scheme, host and port, so the address has to be plain: no user or "
            "password in it, no `/api` behind it."
        ),
        wrong="""
server: {url: https://admin:district@tromso.example.org/api}
""",
        right="""
server: {url: https://tromso.example.org}
""",
    ),
    Page(
        rule="sandbox-url",
        what="`sandbox: true` stands beside an address that is not this machine's.",
        why="A sandbox is signed in to with a public token. Sent to a real server it would be an invitation.",
        wrong="""
server: {url: https://tromso.example.org, sandbox: true}
""",
        right="""
server: {url: http://localhost:8081, sandbox: true}
""",
    ),
)
