"""What attacks of the program found, each kind as a test; the letters are those of the list of attacks."""
