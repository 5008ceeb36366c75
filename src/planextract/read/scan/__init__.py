"""Scans and pictures: straightened, seals taken out, rules found, text read cell by cell, offline on a CPU."""
