# `make help` lists the targets. Variables: PYTHON (3.11 to 3.13), PORT, SERVE=0, CHROMIUM, DATABASE_URL (run only).
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup demo run test check format messages lock clean

export PORT ?= 8000
# The business time of the demonstration, once its story is told: 2008-Q2 and 2011-H1 are issued.
export DEMO_NOW ?= 2011-08-04T09:00:00+07:00

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Make .venv from requirements.lock and compile the translations
	@bin/set-up

demo: setup ## Play the demonstration into out/demo and serve it (SERVE=0: do not serve)
	@bin/demo

run: setup ## Serve a portal on this machine: DATABASE_URL, or a file in out/run
	@bin/run

test: setup ## Run everything: checks, tests on SQLite and PostgreSQL, the browser
	@bin/test

check: setup ## Format, lint, types, import direction, migrations, translations, deployment settings
	@bin/check

format: setup ## Format the code and mend what the linter can mend
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .

messages: setup ## Bring locale/vi up to date with the strings of the code
	@bin/extract-messages

lock: setup ## Pin the newest allowed requirements, with hashes, for every supported Python
	@bin/lock --upgrade

clean: ## Remove .venv and everything that was made
	rm -rf .venv out staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
