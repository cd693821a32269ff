"""A condensed catalogue in, a `Catalogue` out: `build` reads, `shapes` reads one property.

`corrections` and `small_schemas` are what servers say wrongly of themselves, or not at all.
"""
