# The portal's commands. `make demo` starts it, `make test` tests it; `make help` lists them all.
PORT ?= 8000
PYTHON ?= python3
PY := .venv/bin/python
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

.PHONY: help demo reset test coverage browser soak check bench drill fuzz lock
.DEFAULT_GOAL := help

help:
	@echo "make demo      start the portal with demo data (PORT=8000)"
	@echo "make reset     stop it and remove its data"
	@echo "make test      run the tests (ARGS='-k name' picks some)"
	@echo "make coverage  the same, and which lines no test runs (takes more than twice as long)"
	@echo "make browser   run the browser tests (needs Chromium)"
	@echo "make soak      a month of reminders while processes are killed (SOAK_SEED=1 for other kills)"
	@echo "make drill     the whole portal at work while its parts are killed (DRILL_FAULTS=200, DRILL_SEED=1)"
	@echo "make fuzz      generated input for every public address, as long as you like (FUZZ_EXAMPLES=2000)"
	@echo "make lock      write the lock files anew after a requirements file has changed"
	@echo "make bench     how quick it is beside the same work done bare (ARGS='filing' picks one)"
	@echo "make check     lint, types, layers, templates, migrations, translations"

demo: .venv/.requirements
	@exec $(PY) -m efficiency_portal.stack.demo --port '$(PORT)'

reset:
	@if [ -x $(PY) ]; then exec $(PY) -m efficiency_portal.stack.reset; else echo "Nothing to reset: run make demo first."; fi

test: .venv/.requirements-dev
	@exec $(PY) -m pytest --no-cov -n 2 --ignore=tests/browser $(ARGS)

coverage: .venv/.requirements-dev
	@TEMPLATES_DEBUG=1 exec $(PY) -m pytest -n 2 --ignore=tests/browser --cov --cov-report=term $(ARGS)

browser: .venv/.requirements-dev
	@exec $(PY) -m pytest tests/browser $(ARGS)

soak: .venv/.requirements-dev
	@SOAK_DAYS=$${SOAK_DAYS:-22} exec $(PY) -m pytest --no-cov -p no:randomly tests/soak $(ARGS)

fuzz: .venv/.requirements-dev
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-500} exec $(PY) -m pytest --no-cov -p no:randomly -o faulthandler_timeout=0 -n 2 tests/fuzz $(ARGS)

drill: .venv/.requirements-dev
	@exec $(PY) -m tests.drill

bench: .venv/.requirements-dev
	@exec $(PY) -W ignore -m benchmarks $(ARGS)

check: .venv/.requirements-dev
	@exec $(PY) tools/check.py $(ARGS)

# The locks name every package, those that ours bring along too, with the hashes of all its files for all systems.
lock: .venv/.requirements-dev
	@$(LOCK) -o requirements-dev.lock requirements-dev.txt
	@$(LOCK) -c requirements-dev.lock -o requirements.lock requirements.txt

# Installed again only when a lock has changed since.
.venv/.requirements: requirements.lock
	@$(PYTHON) tools/install.py requirements.lock
	@touch $@

.venv/.requirements-dev: requirements.lock requirements-dev.lock
	@$(PYTHON) tools/install.py requirements-dev.lock
	@touch .venv/.requirements $@
