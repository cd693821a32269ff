"""POST of metadata: reading, checking, committing in the order of the schemas, deleting; and the report about it."""
