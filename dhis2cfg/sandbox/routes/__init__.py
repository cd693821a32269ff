"""One module a family of paths: a call in, an answer out; no web framework in here."""
