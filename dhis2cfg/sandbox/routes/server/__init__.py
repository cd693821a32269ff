"""What concerns the server rather than objects: its facts, settings, tokens, maintenance, the caller himself."""
