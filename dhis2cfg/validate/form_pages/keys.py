"""Pages on keys and on the lock that keeps their UIDs."""

from dhis2cfg.validate.pages import Page

PAGES = (
    Page(
        rule="key-form",
        what="A key has a character that keys do not have, or more than a hundred.",
        why=(
            "Keys stand inside expressions, paths and locks, so they are letters A to Z, digits, `_` and "
            "`-`. What DHIS2 shows is the name; what it stores as code can be said with `code:`."
        ),
        wrong="""
dataElements:
  NO_PRØVESVAR: {name: Prøvesvar}
""",
        right="""
dataElements:
  NO_PROVESVAR: {name: Prøvesvar}
""",
    ),
    Page(
        rule="stale-lock",
        what="`uids.lock` lacks the line of an object, or has a line for an object that is gone.",
        why=(
            "The lock says which UID an object has on every server, for good. Without a line two branches "
            "could disagree; a line without an object often means that a key was renamed, and the object on "
            "the server would be left behind while a new one is made."
        ),
        wrong="""
dataElements/NO_FEBER: aB3dE5gH7jK
""",
        right="""
dataElements/NO_FEBER: aB3dE5gH7jK
dataElements/NO_HOSTE: Zx9wV7uT5sR
""",
    ),
    Page(
        rule="looks-renamed",
        what="A key of `uids.lock` is gone, and a new one of its type has its name, code or spelling.",
        why=(
            "An object is known by its key: under another one it is another object, with another UID. "
            "The old one would stay on every server with its data, and the new one begin empty. "
            "`dhis2cfg rename` changes key, references and lock together."
        ),
        wrong="""
dataElements:
  NO_FEVER: {name: Feber, valueType: NUMBER}      # uids.lock has NO_FEBER
""",
        right="""
dataElements:
  NO_FEVER: {name: Feber, valueType: NUMBER}      # dhis2cfg rename dataElements/NO_FEBER NO_FEVER
""",
    ),
    Page(
        rule="lock-line",
        what="A line of a lock is not `TYPE/KEY/PATH: UID`.",
        why="The UID of that object would be forgotten, and a new one made: DHIS2 would get a second object.",
        wrong="""
dataElements/NO_FEBER aB3dE5gH7jK
""",
        right="""
dataElements/NO_FEBER: aB3dE5gH7jK
""",
    ),
    Page(
        rule="duplicate-lock-line",
        what="A lock has two lines for one object.",
        why=(
            "Which of the two UIDs the object has on servers cannot be told from the file; a merge left both."
        ),
        wrong="""
dataElements/NO_FEBER: aB3dE5gH7jK
dataElements/NO_FEBER: Zx9wV7uT5sR
""",
        right="""
dataElements/NO_FEBER: aB3dE5gH7jK
""",
    ),
    Page(
        rule="conflict-mark",
        what="A lock holds the marks of an unsolved merge.",
        why=(
            "Two branches that add the same key get the same UID, so nothing has to be chosen: `dhis2cfg "
            "lock` writes the file anew and keeps every UID that stands."
        ),
        wrong="""
<<<<<<< HEAD
dataElements/NO_FEBER: aB3dE5gH7jK
=======
dataElements/NO_HOSTE: Zx9wV7uT5sR
>>>>>>> hoste
""",
        right="""
dataElements/NO_FEBER: aB3dE5gH7jK
dataElements/NO_HOSTE: Zx9wV7uT5sR
""",
    ),
)
