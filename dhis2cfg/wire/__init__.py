"""Objects ↔ DHIS2 JSON, without I/O.

In: a desired `State` with UIDs for its references (`bind`), or an object as a server tells it.
Out: the flat fields that are compared (`flatten`), the body that is sent (`overlay`), and values as
canonical JSON (`canonical`, `codec`).
"""
