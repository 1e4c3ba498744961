# `make` lists the targets. Everything is installed into .venv, once; pip keeps its own configuration.
.DEFAULT_GOAL := help
.PHONY: help demo exports test quality bench bench-resolve bench-store bench-view bench-clients clients train-coreference train-types train-score browser lint format-check types check clean

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3 python3.13 python3.12 python3.11
KG_SHARED ?= ../shared
INSTALL := $(BIN)/python -m pip install -qq -c constraints.txt

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-17s %s\n", $$1, $$2 }' Makefile

demo: exports ## install, build a graph from seeds/ into exports/, say what to open

exports: $(VENV)/.run ## rebuild what is committed under exports/
	@$(BIN)/kg build seeds -o exports

test: $(VENV)/.dev browser clients ## run every test
	@$(BIN)/python -m pytest

quality: $(VENV)/.dev ## measure against gold data in KG_SHARED; OPTIONS=--raise raises the floors
	@KG_SHARED='$(KG_SHARED)' $(BIN)/python -m tests.quality $(OPTIONS)

bench: bench-resolve bench-store bench-view ## time resolution, the store beside rdflib and the network view, on generated data

bench-resolve: $(VENV)/.dev ## OPTIONS=sizes in clusters, such as '10000 50000'; then builds that are killed
	@$(BIN)/python -m tests.bench.resolve $(OPTIONS)
	@$(BIN)/python -m tests.bench.kills

bench-store: $(VENV)/.dev ## OPTIONS=sizes in triples, '--json FILE' and more; 5 million need 4 GB and some twenty minutes
	@$(BIN)/python -m tests.bench.store $(OPTIONS)

bench-view: $(VENV)/.dev browser ## OPTIONS=sizes in entities, '--json FILE', '--shape hub', '--pictures FOLDER' and more; some two minutes
	@$(BIN)/python -m tests.bench.view $(OPTIONS)

train-coreference: $(VENV)/.dev ## fit the weights of coreference on gold data in KG_SHARED; OPTIONS=--check measures
	@$(BIN)/python -m tests.quality.train_coreference '$(KG_SHARED)' $(OPTIONS)

train-types: $(VENV)/.dev ## fit the weights of the types of names on gold data in KG_SHARED; OPTIONS=--check measures
	@$(BIN)/python -m tests.quality.train_types '$(KG_SHARED)' $(OPTIONS)

train-score: $(VENV)/.dev ## fit the weights of the score on gold data in KG_SHARED
	@$(BIN)/python -m tests.quality.train_score '$(KG_SHARED)'

lint: $(VENV)/.dev ## look for mistakes
	@$(BIN)/ruff check .

format-check: $(VENV)/.dev ## is the code laid out as the formatter would?
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev ## check types, strictly
	@$(BIN)/mypy

check: ## all that CI runs
	@bash .ci/run

clean: ## remove .venv, caches and what is not committed of exports/
	@rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist exports/graph.html exports/store tests/clients/node_modules
	@find kg tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: a second run installs nothing, a change of the dependencies installs again.
$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/.made
	@echo 'Installing kg into $(VENV) (the first time takes a minute or two)'
	@$(INSTALL) -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/.made
	@echo 'Installing kg and its development tools into $(VENV) (the first time takes a minute or two)'
	@$(INSTALL) -e '.[dev]'
	@touch $@ $(VENV)/.run

# The stamp and not bin/python: without ensurepip, `python -m venv` fails and leaves a bin/python behind.
$(VENV)/.made:
	@fail() { echo "kg: $$1" >&2; exit 1; }; \
	$(BIN)/python -m pip --version >/dev/null 2>&1 || { \
	  for python in $(PYTHON); do \
	    if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	    then break; else python=; fi; \
	  done; \
	  test -n "$$python" || fail 'needs Python 3.11 or newer, and none of these is: $(PYTHON)'; \
	  $$python -c 'import ensurepip, venv' 2>/dev/null || fail "$$python has no venv: run 'apt-get install $$( \
	    $$python -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')'"; \
	  $$python -m venv $(VENV); }
	@touch $@

bench-clients: $(VENV)/.dev ## fifty clients for a minute, and endless queries; OPTIONS='--seconds 5 --triples 100000'
	@$(BIN)/python -m tests.bench.clients $(OPTIONS)

clients: tests/clients/node_modules/.made ## install the SPARQL client in JavaScript that the tests use

# Where there is no npm, the tests that need it are skipped and say so.
tests/clients/node_modules/.made: tests/clients/package.json tests/clients/package-lock.json
	@if command -v npm >/dev/null 2>&1; then \
	  echo 'Installing a SPARQL client in JavaScript for the tests'; \
	  npm ci --prefix tests/clients --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null && touch $@ \
	    || echo 'npm could not install it: the tests with it will be skipped'; \
	else echo 'No npm: the tests with a client in JavaScript will be skipped'; fi

# Where no browser can be had, the tests that need one are skipped.
browser:
	@for name in chromium chromium-browser google-chrome; do \
	  if command -v $$name >/dev/null 2>&1; then exit 0; fi; \
	done; \
	if test "$$(id -u)" = 0; then root=; else root='sudo -n'; fi; \
	if command -v apt-get >/dev/null 2>&1 && $$root true 2>/dev/null; then \
	  echo 'Installing chromium for the browser tests'; \
	  $$root apt-get update -qq >/dev/null 2>&1; \
	  if $$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	    chromium >/dev/null 2>&1; then exit 0; fi; \
	fi; \
	echo 'No chromium, chromium-browser or google-chrome: browser tests will be skipped'
