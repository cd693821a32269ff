"""The embedded server: a small DHIS2, judged only by recorded answers of real ones.

A catalogue of a version and a database in (`store`), an ASGI application out (`app`); `bridge` mounts it
behind the transport port, `serve` runs it as a process of its own, `seed` makes the first people, `faults`
breaks answers on request.
"""
