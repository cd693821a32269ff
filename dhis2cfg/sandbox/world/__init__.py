"""What one DHIS2 version is like: its catalogue, who refers to whom, initial values, oddities."""
