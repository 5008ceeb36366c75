"""Small pure functions on strings, shared by the rooms. No room's knowledge lives here."""
