"""What a municipality adds to its packages: `units` its own, `assignment` who works with what, their lock."""
