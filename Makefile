# Two commands: `make run` starts Vigil here, `make test` proves it. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Processes that share the tests. Much of a test is waiting, but some of what they watch must be answered in time.
WORKERS ?= 3
SHELL := /bin/sh
# Where this is set, as in many container images, each process would compile all of our source again: more than a second of work.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test browsers check style soak bench traffic lock clean

help:
	@echo "make run      start Vigil on this machine; Ctrl-C stops it"
	@echo "make traffic  let demo customers come (while make run runs)"
	@echo "make test     format, lint, types, import law, guards, tests, journeys"
	@echo "make check    the same without the tests"
	@echo "make style    format, lint and import law alone"
	@echo "make browsers the journeys in Firefox and in WebKit, which must be here"
	@echo "make soak     crash seeds by the score, pages in every language, and the whole bench"
	@echo "make bench    measure this machine"
	@echo "make lock     resolve the newest allowed versions and write their hashes; needs uv"
	@echo "make clean    remove all state and the environment"

# The environment, from locked and hashed dependencies; made again when they change.
$(VENV)/.made: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Vigil needs Python 3.11 or later; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what Vigil needs."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.made-dev: $(VENV)/.made requirements-dev.txt
	@echo "Installing what the tests need."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: $(VENV)/.made
	@exec $(BIN)/vigil run

traffic: $(VENV)/.made
	@$(BIN)/python -c 'import os, sys; from vigil.config.cli.supervise import ask_health; sys.exit(0 if os.environ.get("VIGIL_BASE_URL") or ask_health() else "Nobody is here to come to: start `make run` first, in another terminal.")'
	@exec $(BIN)/vigil demo traffic

check: style
	$(BIN)/mypy

style: $(VENV)/.made-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

# The types are looked at beside the tests, whose first half minute leaves a core to spare; either's failure fails both.
test: style
	@sh tools/install_test_tools.sh $(BIN)/python
	@echo "$(BIN)/mypy, beside"
	@mkdir -p var/test
	@{ $(BIN)/mypy >var/test/types.txt 2>&1; code=$$?; cat var/test/types.txt; exit $$code; } & types=$$!; \
	echo "$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder"; \
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder; tests=$$?; \
	wait $$types || { echo "The types are wrong:"; cat var/test/types.txt; exit 1; }; \
	exit $$tests

# Not a part of `test`: a fresh machine has neither of them, and they take minutes.
browsers: $(VENV)/.made-dev
	VIGIL_BROWSERS=1 $(BIN)/python -m pytest tests/browsers

soak: $(VENV)/.made-dev
	@sh tools/install_test_tools.sh $(BIN)/python
	VIGIL_SOAK=1 $(BIN)/python -m pytest tests/faults tests/security/test_v25_two_visitors.py tests/journeys/test_every_language.py
	$(BIN)/vigil bench --full

bench: $(VENV)/.made-dev
	$(BIN)/vigil bench

# Resolves the newest allowed versions and writes their hashes; needs `uv` on the PATH.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade --extra scale --group build pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade --extra scale --group build --group dev pyproject.toml -o requirements-dev.txt

clean:
	@sh tools/stop_postgres.sh var/postgres var/*/postgres
	rm -rf var $(VENV)
