"""Pages on files that an import cannot read, or reads in part."""

from dhis2cfg.model.findings import Severity
from dhis2cfg.validate.pages import Page

PAGES = (
    Page(
        rule="import-too-large",
        what="A file holds more than is read at once.",
        why=(
            "Everything is read into memory, once; a file of this size is no export of one "
            "configuration, or it is one that was made to fill a machine."
        ),
        wrong="the whole server in one file of 400 MB",
        right="a file for each program, 3 MB each: Import/Export app, metadata dependency export",
        severity=Severity.ERROR,
        language="text",
    ),
    Page(
        rule="import-unreadable",
        what="A file is neither JSON nor a zip that can be read.",
        why="What cannot be read to its end says nothing certain, so nothing of it is taken over.",
        wrong='{"dataElements": [{"id": "fWIAEtYVEGk", "name": "Onset"',
        right='{"dataElements": [{"id": "fWIAEtYVEGk", "name": "Onset"}]}',
        severity=Severity.ERROR,
        language="json",
    ),
    Page(
        rule="import-no-metadata",
        what="A file is JSON, and no metadata of DHIS2; or a zip holds none, or several.",
        why=(
            "An export is an object of types, each with a list of objects; other answers of DHIS2 (a "
            "page of a list, an import report) look alike and mean something else."
        ),
        wrong='{"pager": {"page": 1}, "status": "OK"}',
        right='{"dataElements": [{"id": "fWIAEtYVEGk", "name": "Onset"}]}',
        severity=Severity.ERROR,
        language="json",
    ),
    Page(
        rule="import-path",
        what="A zip names a file that would lie outside of it.",
        why=(
            "Such archives are made to overwrite files of whoever unpacks them. Nothing is unpacked "
            "here, and nothing of it is trusted."
        ),
        wrong="../../home/user/.ssh/authorized_keys",
        right="metadata.json",
        severity=Severity.ERROR,
        language="text",
    ),
    Page(
        rule="import-zip-bomb",
        what="A file in a zip would grow beyond what text ever does.",
        why="Metadata shrinks to a tenth; what shrinks to a thousandth was made to fill a disk.",
        wrong="4 GB of blanks, packed into 4 MB",
        right="metadata.json, packed to a tenth of its size",
        severity=Severity.ERROR,
        language="text",
    ),
    Page(
        rule="import-unknown-type",
        what="A file holds a type that DHIS2 2.41 to 2.43 do not have.",
        why=(
            "A newer or much older version wrote it; its objects are left out, everything else is taken over."
        ),
        wrong='{"programRuleThings": [{"id": "fWIAEtYVEGk"}]}',
        right='{"programRules": [{"id": "fWIAEtYVEGk"}]}',
        severity=Severity.WARNING,
        language="json",
    ),
    Page(
        rule="import-no-object",
        what="A list holds something that is no object with a UID.",
        why=(
            "Without a UID an object cannot be found again on a server, so the next import would make"
            " it a second time."
        ),
        wrong='{"dataElements": [{"name": "Onset"}]}',
        right='{"dataElements": [{"id": "fWIAEtYVEGk", "name": "Onset"}]}',
        severity=Severity.ERROR,
        language="json",
    ),
    Page(
        rule="import-duplicate-uid",
        what="Two different objects have the same UID.",
        why="A server keeps one of them, and which one is chance.",
        wrong='{"dataElements": [{"id": "fWIAEtYVEGk", "name": "A"}, {"id": "fWIAEtYVEGk", "name": "B"}]}',
        right='{"dataElements": [{"id": "fWIAEtYVEGk", "name": "A"}]}',
        severity=Severity.ERROR,
        language="json",
    ),
    Page(
        rule="import-circle",
        what="Organisation units of a source stand below themselves.",
        why="DHIS2 2.41 and 2.43 store such a circle with 200, and the hierarchy is broken from then on.",
        wrong=(
            '{"organisationUnits": [{"id": "gKYEPyiJ4bT", "name": "A", "parent": {"id": "rBpIOcnOuLb"}}, '
            '{"id": "rBpIOcnOuLb", "name": "B", "parent": {"id": "gKYEPyiJ4bT"}}]}'
        ),
        right=(
            '{"organisationUnits": [{"id": "gKYEPyiJ4bT", "name": "A"}, '
            '{"id": "rBpIOcnOuLb", "name": "B", "parent": {"id": "gKYEPyiJ4bT"}}]}'
        ),
        severity=Severity.ERROR,
        language="json",
    ),
    Page(
        rule="import-unread-type",
        what="A type of a server could not be read, and nothing of it is taken over.",
        why="The account may not read it. What refers to it is mended as if it were not there.",
        wrong="an account without the right to read user roles",
        right="an account that may read all metadata",
        severity=Severity.WARNING,
        language="text",
    ),
)
