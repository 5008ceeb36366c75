# Shorthands; the README's commands are the scripts themselves.
.PHONY: demo check format
demo:
	sh scripts/demo
check:
	sh scripts/test
format:
	.venv/bin/ruff check --fix . && .venv/bin/ruff format .
