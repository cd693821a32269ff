"""`systemSettings:` and `dataStore:` of packages, and patches of them, as desired values."""
