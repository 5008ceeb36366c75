"""Runs: find the inputs, extract each in isolation, commit, and keep the account."""
