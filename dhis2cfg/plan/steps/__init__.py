"""What is done on the server: the bodies that are sent, and the calls they are cut into."""
