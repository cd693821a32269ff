"""Pages on files and folders: what cannot be opened, found or named."""

from dhis2cfg.model.findings import Severity
from dhis2cfg.validate.pages import Page

PAGES = (
    Page(
        rule="missing-file",
        what="A file that a tag names, or that has to be there, does not exist.",
        why=(
            "`!csv` and `!file` name files beside the one they stand in. What would stand in the missing one "
            "(the options of a set, a long text) would be missing on the server too."
        ),
        wrong="""
optionSets:
  NO_KOMMUNE: {name: Kommune, valueType: TEXT, options: !csv komune.csv}     # the file is kommune.csv
""",
        right="""
optionSets:
  NO_KOMMUNE: {name: Kommune, valueType: TEXT, options: !csv kommune.csv}
""",
    ),
    Page(
        rule="not-a-file",
        what="A folder, a device or a pipe stands where a file is read.",
        why="A folder called `package.yaml` says no name and no version; reading a pipe might never end.",
        wrong="""
packages/covid-no/package.yaml/innhold.yaml    # package.yaml is a folder
""",
        right="""
packages/covid-no/package.yaml
""",
        language="text",
    ),
    Page(
        rule="unreadable-file",
        what="A file is there and cannot be read.",
        why=(
            "What it holds would be taken for dropped from the package, so nothing is planned without it. "
            "Most often its rights are wrong, or another program holds it."
        ),
        wrong="""
--w-------  packages/covid-no/roles.yaml
""",
        right="""
-rw-r--r--  packages/covid-no/roles.yaml
""",
        language="text",
    ),
    Page(
        rule="unreadable-folder",
        what="A folder below a package cannot be listed.",
        why="Nobody knows which objects stand in it, so the package would look as if they were dropped.",
        wrong="""
d---------  packages/covid-no/programs/
""",
        right="""
drwxr-xr-x  packages/covid-no/programs/
""",
        language="text",
    ),
    Page(
        rule="symlink-loop",
        what="A symlink leads back to itself.",
        why=(
            "There is no file at its end. Often a copied folder brought links along that meant something "
            "else."
        ),
        wrong="""
packages/covid-no/roles.yaml -> roles.yaml
""",
        right="""
packages/covid-no/roles.yaml
""",
        language="text",
    ),
    Page(
        rule="symlinked-folder",
        what="A folder below a package is a symlink.",
        why=(
            "It is not followed: on another machine it leads elsewhere or nowhere, and the same commit would "
            "configure another DHIS2."
        ),
        wrong="""
packages/covid-no/programs/indeks/felles/regler.yaml
packages/covid-no/programs/kontakt/felles -> ../indeks/felles
""",
        right="""
packages/covid-no/programs/indeks/felles/regler.yaml
packages/covid-no/programs/kontakt/felles/regler.yaml    # its own, or a package under `requires:`
""",
        language="text",
    ),
    Page(
        rule="outside",
        what="A path leads out of the package, or out of the workspace.",
        why=(
            "A package is one folder: it is reviewed, released and applied as that, and its digest covers "
            "all that it consists of. Absolute paths, `..` and symlinks would make it depend on the machine."
        ),
        wrong="""
optionSets:
  NO_KOMMUNE: {name: Kommune, valueType: TEXT, options: !csv ../felles/kommune.csv}
""",
        right="""
optionSets:
  NO_KOMMUNE: {name: Kommune, valueType: TEXT, options: !csv kommune.csv}
""",
    ),
    Page(
        rule="not-utf8",
        what="A file is not UTF-8.",
        why=(
            "DHIS2 stores UTF-8. A file in Latin-1 or UTF-16 would bring names to the server in which æ, ø "
            "and å are something else, and nobody sees that in a plan."
        ),
        wrong="""
name: Tromsø      # saved as Latin-1
""",
        right="""
name: Tromsø      # saved as UTF-8
""",
    ),
    Page(
        rule="too-large",
        what="A file is larger than 16 MB, or holds more values or cells than anybody writes.",
        why=(
            "Such a file is an export or a mistake; reading on would cost minutes and memory. How objects "
            "are spread over files means nothing, so it can be split anywhere between two objects."
        ),
        wrong="""
packages/covid-no/alt.yaml                     31 MB
""",
        right="""
packages/covid-no/option-sets/kommune.csv     140 kB
packages/covid-no/programs/indeks/rules.yaml   48 kB
""",
        language="text",
    ),
    Page(
        rule="no-match",
        what="A pattern of `fleet.yaml` names no file or folder.",
        why=(
            "Then nobody is configured by it. A misspelled pattern looks like a fleet without "
            "municipalities, and a plan over it has nothing to say."
        ),
        wrong="""
municipalities: kommuner/*.yaml                # the folder is called municipalities
""",
        right="""
municipalities: municipalities/*.yaml
""",
        severity=Severity.WARNING,
    ),
    Page(
        rule="no-package",
        what="A folder that `packages:` names has no `package.yaml`.",
        why="Without name and version it is no package, and what stands in it reaches no server.",
        wrong="""
packages/covid-no/roles.yaml                   # and nothing else
""",
        right="""
packages/covid-no/package.yaml
packages/covid-no/roles.yaml
""",
        severity=Severity.WARNING,
        language="text",
    ),
    Page(
        rule="municipality-name",
        what="The name of a municipality's file cannot be its identity, or two files have the same.",
        why=(
            "The file's name is what the record on the server, the locks and `-m` call the municipality, for "
            "as long as it is configured. So it is plain: letters A to Z, digits, `-` and `_`."
        ),
        wrong="""
municipalities/tromsø.yaml
""",
        right="""
municipalities/tromso.yaml                     # its name stands inside: name: Tromsø
""",
        language="text",
    ),
    Page(
        rule="translation-file",
        what="A file below `translations/` is not one locale's, right in that folder.",
        why=(
            "The file's name is the locale under which DHIS2 stores the texts. A folder below, another name "
            "or two files for one locale would leave open which text counts."
        ),
        wrong="""
packages/covid-no/translations/norsk.nn.yaml
""",
        right="""
packages/covid-no/translations/nn.yaml
""",
        language="text",
    ),
)
