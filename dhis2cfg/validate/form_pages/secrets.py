"""Pages on secrets in packages."""

from dhis2cfg.validate.pages import Page

PAGES = (
    Page(
        rule="secret-place",
        what="`!secret` stands where DHIS2 shows what is written, or its name cannot be one.",
        why=(
            "Secrets belong into the parts that DHIS2 encrypts and never tells: the auth of a route, the "
            "target of an aggregate data exchange, the targets of an event hook. Anywhere else every account "
            "could read them."
        ),
        wrong="""
routes:
  NO_LAB: {name: Lab, url: !secret LAB_URL}
""",
        right="""
routes:
  NO_LAB:
    name: Lab
    url: https://lab.example.org/api
    auth: {type: http-basic, username: dhis2, password: !secret LAB_PASSWORD}
""",
    ),
    Page(
        rule="bare-secret",
        what="A password, a token or headers of a route, exchange or event hook are written in the file.",
        why=(
            "Everybody who reads the repository reads it, for ever: its history keeps what is taken out. "
            "Give it a name, change the value, and hand it over as a variable or in the credentials file."
        ),
        wrong="""
auth: {type: http-basic, username: dhis2, password: hemmelig}
""",
        right="""
auth: {type: http-basic, username: dhis2, password: !secret LAB_PASSWORD}
""",
    ),
)
