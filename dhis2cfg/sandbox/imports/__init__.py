"""POST of metadata: reading, committing in the order of the schemas, deleting, and the report about it."""
