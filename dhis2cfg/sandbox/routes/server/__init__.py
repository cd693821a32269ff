"""What concerns the server rather than objects: facts, settings, tokens, maintenance, the caller himself."""
