"""Entry point of ``planextract`` and ``python -m planextract``."""

from __future__ import annotations

import gc

# What is loaded at the start stays for good: looking through it again and again for garbage took 0.1 s of a start.
_OBJECTS_BETWEEN_COLLECTIONS = 250_000


def main() -> None:
    """Run the command line."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    from planextract.cli.app import run_app

    run_app()


if __name__ == "__main__":
    main()
