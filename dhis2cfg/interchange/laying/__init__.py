"""Packed objects → the files of a package: children in parents, what all say alike once, files by theme.

In: packed objects and keys. Out: pages (`folder`), `package.yaml`, translations, the lock (`manifest`).
"""
