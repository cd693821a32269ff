"""What each command does once its flags are read; nothing here is imported before a command runs."""
