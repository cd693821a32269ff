"""Checks of single types, as DHIS2's own code has them beside its schemas (facts §1.6)."""
