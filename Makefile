# Everything a newcomer, an operator and CI run. `make help` lists the targets.
PYTHON ?= python3.11
BIN := .venv/bin
STAMP := .venv/.stamp
PORT ?= 8000
UVPIP := VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip install --quiet --require-hashes
# One more than there are cores: one waits for browsers and servers most of the time.
JOBS ?= $(shell echo $$(($$(nproc 2>/dev/null || echo 2) + 1)))
# Some images forbid Python to keep what it compiled; every command would compile all of it anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: audit sbom fuzz help setup setup-dev requirements demo serve test test-fast soak test-opensearch check format lint types imports migrations translations templates bench docs clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.venv/bin/uv: requirements/build.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	@touch $@

$(STAMP)-base: .venv/bin/uv requirements/base.txt pyproject.toml
	$(UVPIP) -r requirements/base.txt
	VIRTUAL_ENV=$(CURDIR)/.venv $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMP)-dev: $(STAMP)-base requirements/dev.txt
	$(UVPIP) -r requirements/dev.txt
	@touch $@

# An environment of its own: what it needs doesn't go together with what the portal has.
$(STAMP)-bucket: .venv/bin/uv requirements/bucket.txt
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv/bucket
	VIRTUAL_ENV=$(CURDIR)/.venv/bucket $(BIN)/uv pip install --quiet --require-hashes -r requirements/bucket.txt
	@touch $@

setup: $(STAMP)-base ## Build .venv with what the portal needs to run
	@$(BIN)/contactpoint translations compile

setup-dev: $(STAMP)-dev $(STAMP)-bucket ## Build .venv with what checks and tests need as well
	@$(BIN)/contactpoint translations compile

demo: setup ## Create the demo site and serve it (PORT=8000)
	@$(BIN)/contactpoint demo --port $(PORT)

test: setup-dev ## Run every test but `make soak`, browser journeys included
	@bash .ci/servers
	@command -v mvn >/dev/null 2>&1 \
	  && echo "Not in this run: OpenSearch on a real cluster, by 'make test-opensearch'." \
	  || echo "Not in this run: OpenSearch on a real cluster. Maven is not here; 'make test-opensearch' installs it."
	$(BIN)/pytest -n $(JOBS) --ignore=tests/opensearch $(ARGS)

test-fast: setup-dev ## Run every test but the browser journeys
	$(BIN)/pytest -n $(JOBS) --ignore=tests/journeys --ignore=tests/servers --ignore=tests/opensearch $(ARGS)

test-opensearch: setup-dev ## Run the OpenSearch engine on a real cluster of three nodes (needs Maven and a JDK)
	@bash .ci/servers opensearch
	$(BIN)/pytest tests/opensearch $(ARGS)

soak: setup-dev ## Faults and inputs by the thousand, for minutes or hours; writes docs/security/faults.md
	@bash .ci/servers
	CONTACTPOINT_SOAK=yes $(BIN)/pytest -m soak --ignore=tests/opensearch $(ARGS)

check: setup-dev lint types imports templates migrations translations ## Format, lint, types, floors, templates, migrations, translations

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types:
	$(BIN)/mypy

imports:
	$(BIN)/lint-imports --no-cache

templates:
	$(BIN)/djlint --lint --quiet src

migrations:
	CONTACTPOINT_ENVIRONMENT=test $(BIN)/contactpoint makemigrations --check --dry-run
	CONTACTPOINT_ENVIRONMENT=test $(BIN)/contactpoint check --fail-level WARNING

translations:
	$(BIN)/contactpoint translations check

format: setup-dev ## Mend format and what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup-dev ## Run every benchmark (ARGS=--quick for a short run)
	@for script in benchmarks/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script $(ARGS) || exit 1; done

fuzz: setup-dev ## Spoiled input for every parser (EXAMPLES=1000000 each; the short run is a part of test)
	FUZZ_EXAMPLES=$(or $(EXAMPLES),20000) $(BIN)/pytest tests/fuzzing $(ARGS)

docs: setup-dev ## Write the reference pages that are derived from the code
	$(BIN)/contactpoint reference write docs
	CONTACTPOINT_WRITE_DOCS=1 $(BIN)/pytest tests/permissions/test_matrix.py -k printed

# No release that is younger than a week: what was taken over by somebody is mostly found by then.
# For a security release, by hand: make requirements DELAY=0 COMPILE="--upgrade-package NAME"
DELAY ?= 7
requirements: .venv/bin/uv ## Compile requirements/*.in into pinned, hashed *.txt (nothing younger than 7 days)
	@for name in build base dev bucket audit; do \
	  $(BIN)/uv pip compile --exclude-newer "$$(date -u -d '$(DELAY) days ago' +%Y-%m-%dT%H:%M:%SZ)" --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 $(COMPILE) requirements/$$name.in -o requirements/$$name.txt || exit 1; done

$(STAMP)-audit: .venv/bin/uv requirements/audit.txt
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv/audit
	VIRTUAL_ENV=$(CURDIR)/.venv/audit $(BIN)/uv pip install --quiet --require-hashes -r requirements/audit.txt
	@touch $@

audit: $(STAMP)-audit ## Ask whether what the portal runs on has known weaknesses (ARGS=--strict fails where nobody answers)
	@$(BIN)/python requirements/audit.py --pip-audit .venv/audit/bin/pip-audit $(ARGS)

sbom: setup ## Write what the portal is made of to contactpoint.cdx.json (CycloneDX)
	@$(BIN)/python requirements/sbom.py > contactpoint.cdx.json
	@echo "contactpoint.cdx.json written."

clean: ## Remove what the targets made (not the data folder)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
