"""The balcony: shows things to people. The only room that prints; turns errors into exit codes."""
