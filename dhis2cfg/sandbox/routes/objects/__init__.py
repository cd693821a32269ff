"""Metadata objects: whole bundles, lists, single objects, their collections, imports in the background."""
