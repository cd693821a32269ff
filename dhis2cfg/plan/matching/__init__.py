"""Which object of the server each object of the packages is, and what a state refers to."""
