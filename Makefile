# Everything a person does with this repository; `make` alone says what there is.
#
# PYTHON may name the interpreter to set up with: make test PYTHON=python3.12

SHELL := /bin/sh
.SUFFIXES:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
# Setuptools warns of every editable installation, which this one is meant to be.
INSTALL := PYTHONWARNINGS="ignore:Editable installation" $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Journeys drive a pseudo-terminal: they are run by themselves, behind all others, so that less is waited for.
QUICK := -m "not serial and not sweep" -n 2
BRIEF := -m "not serial and not sweep and not long" -n 2
SERIAL := -m "serial and not sweep" -n 2

.PHONY: help demo quick test test-postgresql sweep format check bench docs demo-files lock clean

help: ## says what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

demo: $(VENV)/.installed ## sets everything up and opens the demo site; without a terminal it plays the main job
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/lockbox demo; else $(BIN)/lockbox demo --play; fi

quick: $(VENV)/.installed-dev ## runs all but the long tests, while you work
	$(BIN)/python -m pytest -q $(BRIEF)

test: $(VENV)/.installed-dev ## sets everything up and runs the tests
	$(BIN)/python -m pytest $(QUICK)
	$(BIN)/python -m pytest $(SERIAL)

test-postgresql: $(VENV)/.installed-dev ## runs the tests of the rules on PostgreSQL servers of their own
	LOCKBOX_TEST_STORE=postgresql $(BIN)/python -m pytest $(QUICK) tests/services tests/models

sweep: $(VENV)/.installed-dev ## runs the long fault sweeps
	$(BIN)/python -m pytest -m sweep

format: $(VENV)/.installed-dev ## writes the code as it has to be formatted, and mends what can be mended
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

check: $(VENV)/.installed-dev ## proves format, lint, types, the import contract and the docs
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	@echo "docs check"
	$(BIN)/python -m pytest -q tests/test_house.py

bench: $(VENV)/.installed-dev ## runs the benchmarks and prints each figure
	$(BIN)/python -m bench

docs: $(VENV)/.installed-dev ## writes the papers that are made from the program anew
	$(BIN)/python -m lockbox_tui.papers

demo-files: $(VENV)/.installed-dev ## writes the demo site's shipped files anew
	$(BIN)/python -m lockbox_tui.demo.demo_files

# One resolution serves all Pythons we support: it is made with the oldest.
LOCK := $(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --build-deps-for editable \
	--no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

lock: $(VENV)/.installed-dev ## resolves the dependencies anew into both lock files (with Python 3.11)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "make lock wants a .venv of Python 3.11")'
	$(LOCK) --upgrade --output-file requirements.lock pyproject.toml
	$(LOCK) --upgrade --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	@for file in requirements.lock requirements-dev.lock; do \
	  { echo '# Written by make lock from pyproject.toml; serves Python 3.11, 3.12 and 3.13.'; cat $$file; } > $$file.new \
	  && mv $$file.new $$file; done

clean: ## removes the environment and everything that tools have left behind
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .benchmarks
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A folder that was moved or copied has programs that look for their Python where it was.
ifeq ($(shell sh .ci/make-venv --stale $(VENV)),stale)
$(BIN)/python: again
again:
endif

$(BIN)/python:
	@PYTHON='$(PYTHON)' sh .ci/make-venv $(VENV)

$(VENV)/.installed: $(BIN)/python requirements.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(BIN)/python requirements-dev.lock pyproject.toml
	$(INSTALL) --require-hashes -r requirements-dev.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $(VENV)/.installed $@
