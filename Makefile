# make site: build the demonstration site into public/. make test: everything that CI runs.
# make test-quick: the tests that need no browser, Java or Node and build few sites. make bench: docs/performance.md.
# make fuzz: the tests that damage what newsprint reads, for long. make mutants: does each guard have a test?

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: site test test-quick fuzz mutants check format docs bench serve clean

site: .venv/site
	$(BIN)/newsprint build

test: check .tools/ready
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

test-quick: .venv/dev
	HYPOTHESIS_PROFILE=quick $(BIN)/python -m pytest --numprocesses auto --dist worksteal \
		-m "not (browser or java or node or slow)"

fuzz: .venv/dev
	FUZZ_ROUNDS=40 HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest --numprocesses auto --dist worksteal -m fuzz

mutants: .venv/dev
	$(BIN)/python tests/mutants.py

check: .venv/dev
	$(BIN)/ruff format --check --quiet generator tests bench
	$(BIN)/ruff check --quiet generator tests bench
	$(BIN)/mypy --no-error-summary
	$(BIN)/python -m pytest --quiet --no-header tests/test_architecture.py tests/test_mutants.py

# What tests use of npm's packages, by the list tests/package.json. Without npm, tests that need them are left out.
.tools/ready: tests/package.json
	mkdir -p .tools
	cp tests/package.json .tools/
	if command -v npm >/dev/null; then \
		npm install --prefix .tools --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error && touch $@; \
	else echo "there is no npm: tests that need its packages are left out"; fi

format: .venv/dev
	$(BIN)/ruff format generator tests bench
	$(BIN)/ruff check --fix generator tests bench

# The tables of keys, from the types and what generator/schema/meanings/ says of them.
docs: .venv/dev
	$(BIN)/python -m generator.schema.tables docs/records.md docs/configuration.md

bench: .venv/dev
	$(BIN)/python -m bench --size 1000

serve: .venv/site
	$(BIN)/newsprint serve

clean:
	rm -rf .venv .bench .tools .screenshots public .newsprint .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/site: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --editable .
	touch $@

.venv/dev: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --editable '.[dev]'
	touch $@ .venv/site
