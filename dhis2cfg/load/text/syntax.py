"""What the YAML parser refuses, in words that say what to do; the parser's own words are only looked up."""

import yaml

from dhis2cfg.load.text.spots import Spots
from dhis2cfg.model.findings import Finding
from dhis2cfg.model.places import Place

LEVELS = 64
"""How deep mappings and lists may stand in each other."""

_QUOTES = "put the whole value in quotes"
_ROWS = (
    (
        "scanning a block scalar",
        "`>` and `|` begin a block of lines here",
        'a version goes in quotes: ">=1.4"',
    ),
    ("scanning a quoted scalar", "the text that begins here has no closing quote", "close the quote"),
    ("scanning a double-quoted scalar", "the text that begins here has no closing quote", "close the quote"),
    ("scanning a single-quoted scalar", "the text that begins here has no closing quote", "close the quote"),
    (
        "parsing a quoted scalar",
        "a backslash means something in double quotes",
        "write \\\\, or use single quotes",
    ),
    (
        "mapping values are not allowed",
        "a colon and a blank begin a new value, and here none can begin",
        "put the value in quotes, or correct the indentation",
    ),
    (
        "could not find expected ':'",
        "this line has no `key: value`",
        "add the colon, or correct the indentation",
    ),
    (
        "did not find expected key",
        "this line does not stand under the ones before",
        "correct the indentation",
    ),
    (
        "did not find expected '-'",
        "the list above ends here, and this is no `- item`",
        "begin the line with `- `, or correct the indentation",
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot begin here",
        "begin it on the next line, one `- item` a line",
    ),
    ("',' or ']'", "the list that begins with [ goes wrong here", "add the comma or the closing ]"),
    ("',' or '}'", "the mapping that begins with { goes wrong here", "add the comma or the closing }"),
    ("node content", "a value is missing here", "write it, or close the bracket that stands open"),
    ("cannot start any token", "a value cannot begin with this sign", _QUOTES),
    ("scanning a tag", "a tag (!var, !keep …) ends with a blank", "write a blank behind the tag"),
    (
        "undefined tag handle",
        "this tag is not one of ours",
        "use !var !tpl !once !keep !secret !csv !file !raw",
    ),
    ("scanning an alias", "`*` begins the name of an alias", _QUOTES),
    ("scanning an anchor", "`&` begins the name of an anchor", _QUOTES),
    ("scanning a directive", "a line that begins with % is a YAML directive", _QUOTES),
    ("<document start>", "the file has ended before this line", "correct the indentation"),
)
_AT_CONTEXT = frozenset({"scanning a quoted scalar", "scanning a block scalar", "scanning a tag"})


def finding(error: yaml.YAMLError, spots: Spots) -> Finding:
    """The finding for what the parser raised."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return _control_character(error, spots)
    words = f"{error.context or ''} {error.problem or ''}"
    start = error.problem_mark.index
    if (tab := _tab(start, spots)) is not None:
        return tab
    if "maximum nesting" in words:
        return too_deep(spots.at(start))
    if words.endswith(("expected key", "node content")) and spots.text.startswith(":", start):
        return empty_key(spots.at(start))
    for sign, message, following in _ROWS:
        if sign in words:
            mark = error.context_mark if sign in _AT_CONTEXT and error.context_mark else error.problem_mark
            return _broken(message, following, spots, mark.index)
    return _broken("this is not YAML", "correct the line, or the one before", spots, start)


def too_deep(place: Place) -> Finding:
    """The finding for what stands too deep; the C parser gives up by itself at a thousand levels."""
    message = f"this stands more than {LEVELS} levels deep"
    following = "write it flatter; no object of DHIS2 needs so many levels"
    return Finding(rule="too-deep", message=message, place=place, following=following)


def empty_key(place: Place) -> Finding:
    """The finding for a value without a key."""
    message = "a key is missing before the colon"
    return Finding(rule="empty-key", message=message, place=place, following="write the key")


def _broken(message: str, following: str, spots: Spots, start: int) -> Finding:
    return Finding(rule="yaml-syntax", message=message, place=spots.at(start), following=following)


def _tab(start: int, spots: Spots) -> Finding | None:
    """A tab where indentation is read, at the place of the error or before it on its line."""
    line_start = spots.text.rfind("\n", 0, start) + 1
    indentation = spots.text[line_start:]
    indentation = indentation[: len(indentation) - len(indentation.lstrip(" \t"))]
    if "\t" not in indentation or start > line_start + len(indentation):
        return None
    return Finding(
        rule="tab",
        message="this line is indented with a tab",
        place=spots.at(line_start + indentation.index("\t")),
        following="indent with blanks",
    )


def _control_character(error: yaml.YAMLError, spots: Spots) -> Finding:
    """The reader says where by bytes (C parser) or characters; the sign itself is found again in the text."""
    sign = getattr(error, "character", 0)
    sign = sign if isinstance(sign, str) else chr(sign)
    start = max(spots.text.find(sign), 0)
    return Finding(
        rule="control-character",
        message=f"the character U+{ord(sign):04X} cannot stand in YAML",
        place=spots.at(start),
        following='remove it; in double quotes it is written "\\x' + f'{ord(sign):02X}"',
    )
