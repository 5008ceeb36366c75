"""Entry point of ``planextract`` and ``python -m planextract``."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from planextract.cli.app import run_app

    run_app()


if __name__ == "__main__":
    main()
