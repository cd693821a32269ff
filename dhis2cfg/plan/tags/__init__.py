"""What a package says about its own claim to a value: a starting value, let go of, all of an object."""
