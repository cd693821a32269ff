"""Who somebody is and what he may read, write and share."""
