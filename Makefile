# The commands of the README. Everything runs in .venv, made on first use from the pinned, hashed lock files.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: demo test run bench check format lock audit clean

demo: $(VENV)/ready
	@$(BIN)/python -m bot demo $(ARGS)

# One process a core, up to four. Each test starts a bot anew, which would compile it anew without written bytecode.
test: check
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadgroup $(ARGS)

check: $(VENV)/ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/pyright --pythonpath $(BIN)/python
	@$(BIN)/lint-imports

run: $(VENV)/ready
	@$(BIN)/python -m bot run

bench: $(VENV)/ready
	@$(BIN)/python -m tests.bench $(ARGS)

format: $(VENV)/ready
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

audit: $(VENV)/ready
	@$(BIN)/pip-audit --require-hashes --disable-pip -r requirements-dev.lock

# Hashes only: the lock files name no package index.
lock: $(VENV)/ready
	@$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --allow-unsafe --output-file requirements.lock pyproject.toml
	@$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --allow-unsafe --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml

$(VENV)/ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Butuh Python 3.11 atau lebih baru, ini %d.%d." % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@echo "Menyiapkan lingkungan di $(VENV) (sekali saja, sekitar satu menit) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .import_linter_cache demo-output
