"""What does not travel through /api/metadata: system settings by key, entries of the data store."""
