"""The server's own default dimension."""

DEFAULTS = {
    "categories": "GLevLNI9wkl",
    "categoryOptions": "xYerKDKCefk",
    "categoryCombos": "bjDvmb4bfuf",
    "categoryOptionCombos": "HllvX50cXC0",
}
"""The server's own default dimension (facts §4.3)."""
