"""The nouns: immutable records that travel from room to room."""
