"""Many targets: which ones are meant, planned side by side, applied one after another, one exit code.

In: a fleet and what was selected (`selection`). Out: one `Planned`, `Outcome` or error a target (`many`), and
what they come to together (`exits`).
"""
