"""One thin module a command: its flags and their help in, a request for `work` out."""
