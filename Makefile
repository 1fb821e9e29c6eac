# `make run` serves the dashboard, `make test` checks everything. Both need git, make and Python 3.11 with venv.
PYTHON ?= python3.11
export DASHBOARD_ADDRESS ?= localhost
export DASHBOARD_PORT ?= 8501
# Where offices sign in; the port before is for everybody.
INTERNAL_PORT ?= 8502
# The names by which readers reach it, if others than that address.
DASHBOARD_HOSTS ?=
# Or every process that a test starts, and each start of a server, would compile all of the program once more.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
SERVE = $(BIN)/streamlit run dashboard.py --server.address "$(DASHBOARD_ADDRESS)" \
	$(foreach name,localhost 127.0.0.1 ::1 $(DASHBOARD_ADDRESS) $(DASHBOARD_HOSTS),--server.allowedHosts "$(name)")
COMPILE := bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

.PHONY: run lint check test test-slow red-team bench lock clean

run: .venv/run
	@$(BIN)/python -m data demo --prepare
	@DASHBOARD_ROLE=internal nice $(SERVE) --server.port "$(INTERNAL_PORT)" & inside=$$!; trap "kill $$inside 2>/dev/null" EXIT; \
		echo "Where offices sign in: http://$(DASHBOARD_ADDRESS):$(INTERNAL_PORT)"; \
		$(SERVE) --server.port "$(DASHBOARD_PORT)"

# What needs no test to run.
lint: .venv/test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache

# What is worth knowing while writing, in under a minute.
check: lint
	@$(BIN)/pytest --numprocesses 2 --dist loadscope -m "not store and not browser"

# The linters need one core for a minute, so they run beside the tests; what they say comes last.
test: .venv/test
	@said="$$(mktemp)"; $(MAKE) --no-print-directory lint > "$$said" 2>&1 & linted=$$!; \
	CHROMIUM="$$(sh tests/support/chromium.sh)" && export CHROMIUM && $(BIN)/pytest --numprocesses 3 --dist loadscope \
		--no-loadscope-reorder; tested=$$?; wait $$linted; clean=$$?; cat "$$said"; rm "$$said"; \
	[ $$tested -eq 0 ] && [ $$clean -eq 0 ]

# The long forms: 200 kills, thousands of drawn examples and damaged files, and the red team on all its data.
test-slow: .venv/test
	@LONG=1 $(BIN)/pytest -m long -s
	@$(BIN)/python -m data.redteam

red-team: .venv/run
	@$(BIN)/python -m data.redteam

bench: .venv/test
	@CHROMIUM="$$(sh tests/support/chromium.sh)" && export CHROMIUM && $(BIN)/python -m benchmarks $(PARTS)

lock: .venv/run
	@$(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip --quiet install uv
	@.venv/lock/$(COMPILE) requirements.in -o requirements.txt
	@.venv/lock/$(COMPILE) requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp is newer than the requirements that it stands for.
.venv/bin/python:
	@echo "Creating a virtual environment in .venv ..."
	@$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	@echo "Installing requirements.txt (once; a few minutes at the first time) ..."
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

.venv/test: requirements-dev.txt .venv/run
	@echo "Installing requirements-dev.txt ..."
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@
