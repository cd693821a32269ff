"""Nodes of a tree → values of the desired state.

`reading` reads one property by its shape and asks the others: `texts` for languages, `formulas` for
references inside texts, `sharing` for access; `desired` makes an object of all its properties.
"""
