"""One property more in an object that stands in a file: in braces, on a line, or where nothing stood."""

from collections.abc import Collection

import yaml

from dhis2cfg.workspace.formatting.nodes import Edit, begin, end
from dhis2cfg.workspace.spelling import Spelling


def inserted(spelling: Spelling, at: int, said: str, locales: Collection[str]) -> tuple[Edit, ...]:
    """The edits that put `said` first into the object whose key begins at an offset; none: there is no room.

    An option may be its name alone, by `locales`; it then gets a `name:` as well.
    """
    value = spelling.value_of(at)
    if isinstance(value, yaml.ScalarNode) and not value.value and not value.style:
        start = spelling.text.index(":", at) + 1
        return (Edit(start, start, f" {{{said}}}"),)
    if not isinstance(value, yaml.MappingNode):
        return ()
    start, stop = begin(value), end(value, spelling.text)
    is_name = bool(value.value) and all(str(key.value) in locales for key, _ in value.value)
    if not value.flow_style:
        margin = " " * int(value.start_mark.column)
        return () if is_name else (Edit(start, start, f"{said}\n{margin}"),)
    if is_name:
        return Edit(start, start, f"{{{said}, name: "), Edit(stop, stop, "}")
    comma = ", " if value.value else ""
    return (Edit(start + 1, start + 1, f"{said}{comma}"),)
