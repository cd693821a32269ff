"""What stands on a server: objects as JSON in SQLite, one transaction a request."""
