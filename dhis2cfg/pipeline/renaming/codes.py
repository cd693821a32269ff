"""What servers call an object whose key changes: its code, or a variable's name, stays by default."""

from dhis2cfg.catalogue.oddities import KEY_IS_CODE
from dhis2cfg.errors import UsageError
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.pipeline.renaming.places import Files
from dhis2cfg.workspace.formatting.nodes import Edit
from dhis2cfg.workspace.formatting.quoting import needs_quotes, quoted
from dhis2cfg.workspace.insertion import inserted

VARIABLES = "programRuleVariables"


def follows_key(ref: Ref) -> str:
    """The property that is the key where nothing else is written; empty where there is none."""
    if ref.type in KEY_IS_CODE:
        return "code"
    return "name" if ref.type == VARIABLES else ""


def keep(files: Files, ref: Ref, place: Place, locales: tuple[str, ...]) -> None:
    """Write the old key as code (or name) into the object whose key stands at a place."""
    said = f"{follows_key(ref)}: {quoted(ref.key) if needs_quotes(ref.key) else ref.key}"
    edits: tuple[Edit, ...] = ()
    if not place.file.endswith(".csv"):
        spelling = files.spelling(place.file)
        edits = inserted(spelling, spelling.offset(place.line, place.column), said, locales)
    for edit in edits:
        files.put(place.file, edit.start, edit.end, edit.text)
    if not edits:
        raise UsageError(
            f"the key of {ref} is its {follows_key(ref)} too, and there is no room to write that down",
            details=(str(place),),
            following=(f"write `{said}` into it first", "or let it change on servers as well: --follow"),
        )
