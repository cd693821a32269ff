"""One file of the user's in, the same file as `fmt` writes it out: edited by spans, so that comments stay.

`formatted` is called; `quoting` puts quotes where another reader would see something that is not text,
`ordering` puts what names an object before the rest, `spacing` cleans ends of lines; `roles` knows which
mapping is an object, `nodes` where things begin and end.
"""

from dhis2cfg.workspace.formatting.formatted import Style, formatted, normalised

__all__ = ["Style", "formatted", "normalised"]
