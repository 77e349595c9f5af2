# make site: build the demonstration site into public/. make test: everything that CI runs.
# make test-quick: the tests that need no browser, Java or Node and build few sites. make bench: docs/performance.md.
# make lock: requirements.txt and the locks in tests/, after a change of pyproject.toml; with UPGRADE=1 to newer versions.
# make audit: known vulnerabilities of what is locked. make sbom: a CycloneDX document of what runs, in dist/.
# make fuzz: the tests that damage what newsprint reads, for long. make mutants: does each guard have a test?

PYTHON ?= python3
BIN := .venv/bin
# The locks are complete: nothing is resolved, and nothing is installed, nor used for building, that they do not name.
INSTALL := -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation
LOCKED := $(INSTALL) --require-hashes --requirement
SUPPLY := .tools/supply/bin
LOCK := $(SUPPLY)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-annotate --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

.PHONY: site test test-quick fuzz mutants check format docs bench serve clean lock audit sbom

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

# What tests use of npm's packages, by the lock of tests/package.json. Without npm, tests that need them are left out.
.tools/ready: tests/package.json tests/package-lock.json
	mkdir -p .tools
	cp tests/package.json tests/package-lock.json .tools/
	if command -v npm >/dev/null; then \
		npm ci --prefix .tools --ignore-scripts --no-audit --no-fund --loglevel=error && touch $@; \
	else echo "there is no npm: tests that need its packages are left out"; fi

lock: $(SUPPLY)/ready
	$(LOCK) --extra dev --group build pyproject.toml --output-file tests/requirements.txt
	$(LOCK) --constraints tests/requirements.txt pyproject.toml --output-file requirements.txt
	$(LOCK) --constraints tests/requirements.txt --group build --output-file tests/requirements-build.txt
	$(LOCK) --group supply --output-file tests/requirements-supply.txt
	npm install --prefix tests --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error \
		--omit-lockfile-registry-resolved
	$(MAKE) .venv/dev
	$(BIN)/python tests/supply.py licences

# The status is 1 for known vulnerabilities, and 3 if no index of advisories could be reached (make shows it and ends with 2).
audit: $(SUPPLY)/ready .venv/dev
	rm -f .tools/audit.json
	$(SUPPLY)/pip-audit --disable-pip --require-hashes --progress-spinner off --format json --output .tools/audit.json \
		--requirement requirements.txt --requirement tests/requirements.txt || true
	$(BIN)/python tests/supply.py audit .tools/audit.json

sbom: $(SUPPLY)/ready
	$(LOCK) --extra cluster --extra fast --constraints tests/requirements.txt pyproject.toml --output-file .tools/sbom.txt
	$(SUPPLY)/uv venv --quiet --clear --python $(SUPPLY)/python .tools/sbom
	$(SUPPLY)/uv pip install --quiet --python .tools/sbom --no-deps --require-hashes --requirement .tools/sbom.txt
	mkdir -p dist
	$(SUPPLY)/cyclonedx-py environment --pyproject pyproject.toml --mc-type application --output-reproducible --validate \
		--output-format JSON --output-file dist/newsprint.cdx.json .tools/sbom/bin/python

$(SUPPLY)/ready: tests/requirements-supply.txt
	$(PYTHON) -m venv .tools/supply
	$(SUPPLY)/python $(LOCKED) tests/requirements-supply.txt
	touch $@

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

.venv/build: tests/requirements-build.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python $(LOCKED) tests/requirements-build.txt
	touch $@

.venv/site: .venv/build pyproject.toml requirements.txt
	$(BIN)/python $(LOCKED) requirements.txt
	$(BIN)/python $(INSTALL) --editable .
	touch $@

.venv/dev: .venv/build pyproject.toml tests/requirements.txt
	$(BIN)/python $(LOCKED) tests/requirements.txt
	$(BIN)/python $(INSTALL) --editable .
	touch $@ .venv/site
