"""Objects of DHIS2's JSON → values of a package, with keys in place of UIDs.

In: a mended bundle and its keys. Out: the properties of each object (`objects`), named sharing profiles, and
the texts of languages that stand apart.
"""
