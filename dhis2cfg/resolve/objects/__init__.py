"""Trees of a package → its objects by key path, before their values are read.

`turns` puts parameters and turns of `for_each` into the trees, `merge` makes one tree of all files,
`entities` finds the objects in it, `scope` finds what a key means where it is written.
"""
