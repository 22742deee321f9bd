# Two commands are all the set-up there is: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export DJANGO_SETTINGS_MODULE ?= timvis.config.settings

.DEFAULT_GOAL := help
.PHONY: help demo test check format messages bench docs lock clean

help: ## what this file can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

demo: $(VENV)/runtime.stamp ## one month through all seven stations, on an embedded database under var/demo/
	@$(BIN)/timvis demo

test: $(VENV)/dev.stamp ## the checks, then the whole suite on SQLite and on PostgreSQL (ARGS=… goes to pytest)
	@tools/need-browser
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m tools.run_tests $(ARGS)

check: $(VENV)/dev.stamp ## format, lint, strict types, import contracts, missing migrations
	@$(BIN)/ruff format --check src tests tools bench
	@$(BIN)/ruff check --quiet src tests tools bench
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/mypy src tools bench tests/architecture
	@TIMVIS_HOME=$(VENV)/home $(BIN)/python -m django makemigrations --check --dry-run

format: $(VENV)/dev.stamp ## lay the code out as `make check` wants it
	@$(BIN)/ruff check --fix-only --quiet src tests tools bench
	@$(BIN)/ruff format src tests tools bench

bench: $(VENV)/dev.stamp ## what Timvis costs beside something to compare it with, in a few minutes (ARGS="--shifts 200000": a smaller run)
	@$(BIN)/python -m bench.run $(ARGS)

messages: $(VENV)/dev.stamp ## gather the texts of the pages and compile their English
	@$(BIN)/python -m tools.messages

docs: $(VENV)/dev.stamp ## write the rule book below docs/ from what runs
	@$(BIN)/python -m tools.docs

lock: $(VENV)/dev.stamp ## renew the lock files: names, versions and hashes, no addresses
	@tools/lock $(BIN)

clean: ## remove what the targets above wrote
	rm -rf $(VENV) var build

# --- the environment, made from the lock files -------------------------------------------------------
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "timvis: Python 3.11 or later is needed; try make PYTHON=python3.11")'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv 2>/dev/null || true

$(VENV)/runtime.stamp: requirements.lock pyproject.toml | $(BIN)/python
	@tools/install $(BIN) requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml | $(BIN)/python
	@tools/install $(BIN) requirements-dev.lock
	@touch $@ $(VENV)/runtime.stamp
