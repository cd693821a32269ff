"""What servers call an object whose key changes: its code, or a variable's name, stays unless it shall follow."""

import yaml

from dhis2cfg.catalogue.oddities import KEY_IS_CODE
from dhis2cfg.errors import UsageError
from dhis2cfg.model.names import Ref
from dhis2cfg.model.places import Place
from dhis2cfg.pipeline.renaming.places import Files
from dhis2cfg.workspace.formatting.nodes import begin, composed, end
from dhis2cfg.workspace.formatting.quoting import needs_quotes, quoted

VARIABLES = "programRuleVariables"


def follows_key(ref: Ref) -> str:
    """The property that is the key where nothing else is written; empty where there is none."""
    if ref.type in KEY_IS_CODE:
        return "code"
    return "name" if ref.type == VARIABLES else ""


def keep(files: Files, ref: Ref, place: Place, locales: tuple[str, ...]) -> None:
    """Write the old key as code (or name) into the object whose key stands at a place."""
    prop = follows_key(ref)
    text = files.spelling(place.file).text
    at = files.spelling(place.file).offset(place.line, place.column)
    value = None if place.file.endswith(".csv") else _value(composed(text), at, text)
    said = f"{prop}: {quoted(ref.key) if needs_quotes(ref.key) else ref.key}"
    if isinstance(value, yaml.ScalarNode) and not value.value and value.style is None:
        start = text.index(":", at) + 1
        files.put(place.file, start, start, f" {{{said}}}")
    elif isinstance(value, yaml.MappingNode) and not value.start_mark.buffer and value.flow_style:
        _in_flow(files, place.file, value, said, locales)
    elif isinstance(value, yaml.MappingNode) and value.flow_style:
        _in_flow(files, place.file, value, said, locales)
    elif isinstance(value, yaml.MappingNode) and not _is_name(value, locales):
        start = begin(value)
        margin = " " * int(value.start_mark.column)
        files.put(place.file, start, start, f"{said}\n{margin}")
    else:
        raise UsageError(
            f"{ref} has its key as {prop}, and there is no room to write the old one down",
            details=(str(place),),
            following=(f"write `{said}` into it first", "or let it change on servers too: --follow"),
        )


def _in_flow(files: Files, file: str, value: yaml.MappingNode, said: str, locales: tuple[str, ...]) -> None:
    text = files.spelling(file).text
    start, stop = begin(value), end(value, text)
    if _is_name(value, locales):
        files.put(file, start, start, f"{{{said}, name: ")
        files.put(file, stop, stop, "}")
    else:
        comma = ", " if value.value else ""
        files.put(file, start + 1, start + 1, f"{said}{comma}")


def _is_name(value: yaml.MappingNode, locales: tuple[str, ...]) -> bool:
    """Whether an option is its name in some languages alone."""
    keys = [str(key.value) for key, _ in value.value]
    return bool(keys) and all(key in locales for key in keys)


def _value(root: yaml.Node | None, at: int, text: str) -> yaml.Node | None:
    """The value of the key that begins at an offset."""
    waiting = [root] if root is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                start = begin(key)
                if start <= at <= start + 1 and text[start:].startswith((text[at:], text[at - 1 :])):
                    return value
                waiting.append(value)
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return None
