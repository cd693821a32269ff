"""What apply refuses, each with the word that allows it, if any does."""
