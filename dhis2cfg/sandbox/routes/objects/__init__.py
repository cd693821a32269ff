"""Metadata objects: whole bundles, lists, single objects, their collections, imports that run by themselves."""
