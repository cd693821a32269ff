# One door for people and for CI: `make demo` shows the promise, `make test` judges it.
PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python

.PHONY: demo test live chaos record conformance oracle bench env clean

demo: env
	@$(RUN) -m dhis2cfg demo

test: env
	@$(RUN) tests/gate.py

live: env
	@$(RUN) -m pytest tests/live tests/unit/sandbox -m live -p no:cacheprovider

chaos: env
	@CHAOS_ROUNDS=200 $(RUN) -m pytest tests/chaos -s -p no:cacheprovider

record: env
	@$(RUN) -m tests.conformance.record

conformance: env
	@$(RUN) -m pytest tests/conformance tests/interchange -s

oracle: env
	@$(RUN) -m tests.oracle_expressions

bench: env
	@$(RUN) tests/bench.py
	@$(RUN) -m tests.bench_expressions
	@$(RUN) -m tests.bench_imports

editor-check: env
	@$(RUN) -m tests.editor.check

env: $(VENV)/made-of

$(VENV)/made-of: requirements-dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing: install it (Debian: apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, this is $$($(PYTHON) --version): install a newer one, or name it: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: install it (Debian: apt-get install python3-venv)"; exit 1; }
	@echo "Making the environment in $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
