"""Version of the code, and of the output contract it writes."""

__version__ = "0.1.0"
SCHEMA_VERSION = 1
