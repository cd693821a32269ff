"""Bytes → trees that know their places, before any type is known.

`opening` opens every file; `events` builds a tree from YAML (`dialect` is the parser, `spots` the places,
`syntax` and `comments` what is wrong with it), `tables` one from CSV, `locks` reads `uids.lock`.
"""
