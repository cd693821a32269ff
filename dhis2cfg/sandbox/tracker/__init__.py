"""Tracked entities, enrolments and events, as far as metadata meets them: counts, vetoes, option checks."""
