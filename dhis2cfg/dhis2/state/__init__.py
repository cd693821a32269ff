"""What the tool keeps in a server's data store: record and run of a fleet, and the server's one lock."""
