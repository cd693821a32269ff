"""Trees → typed trees: `form` says what values can look like, `typed` lays that over a tree.

`objects` makes the forms of a catalogue's types, `files` holds those of the three other files, `scalars`
reads one text, `mending` guesses what was meant, `schemas` asks the JSON Schemas as well.
"""
