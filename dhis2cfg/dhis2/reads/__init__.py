"""Reads of metadata: ids and values in, objects out; nothing is called absent that was not counted."""
