"""The embedded server: a small DHIS2 in, judged only by recorded answers of real ones; never part of the product.

A catalogue of a version and a database in (`store`), an ASGI application out (`app`); `bridge` mounts it behind the
transport port, `serve` as a process of its own, `seed` makes the first people, `faults` breaks answers on request.
"""
