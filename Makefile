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
# In parallel and without compiling what is never used: 5 s where pip needs 34. Where uv does not get through (an index
# that only pip knows), pip does the same and says what it lacks.
INSTALL = $(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python --require-hashes -r $(1) 2>/dev/null || \
	$(PIP) install --require-hashes -r $(1)
COMPILE := $(BIN)/uv pip compile --quiet --system-certs --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

.PHONY: run lint check test test-slow red-team bench lock clean

# Both servers are ready to serve, but for the store, when that is filled: they begin to serve once the file is gone.
run: .venv/run
	@filling="$$(mktemp)" && export DASHBOARD_FILLING="$$filling"; \
		DASHBOARD_ROLE=internal nice -n 15 $(SERVE) --server.port "$(INTERNAL_PORT)" & inside=$$!; \
		nice -n 5 $(SERVE) --server.port "$(DASHBOARD_PORT)" & outside=$$!; \
		trap 'kill $$inside $$outside 2>/dev/null; rm -f "$$filling"; wait' EXIT; trap 'exit 130' INT; trap 'exit 143' TERM; \
		$(BIN)/python -m data demo --prepare || exit; \
		rm "$$filling"; \
		echo "Where offices sign in: http://$(DASHBOARD_ADDRESS):$(INTERNAL_PORT)"; \
		wait $$outside

# What needs no test to run.
lint: .venv/test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache

# What is worth knowing while writing, in under a minute.
check: lint
	@$(BIN)/pytest --numprocesses 2 --dist loadscope -m "not store and not browser"

# The linters need one core for a minute, so they run beside the tests; what they say comes last. What tests write is
# in memory if that has room, and gone afterwards; one that is run by hand, and those of `test-slow`, write to the disk.
test: .venv/test
	@folder="$$(sh tests/support/memory.sh)" || exit; \
	trap 'chmod -R u+w "$$folder"; rm -rf "$$folder"' EXIT; trap 'exit 130' INT; trap 'exit 143' TERM; \
	$(MAKE) --no-print-directory lint > "$$folder/lint" 2>&1 & linted=$$!; \
	CHROMIUM="$$(sh tests/support/chromium.sh)" && export CHROMIUM && TMPDIR="$$folder" $(BIN)/pytest --numprocesses 4 \
		--dist loadscope --no-loadscope-reorder; tested=$$?; wait $$linted; clean=$$?; cat "$$folder/lint"; \
	[ $$tested -eq 0 ] && [ $$clean -eq 0 ]

# The long forms: 200 kills, thousands of drawn examples and damaged files, every attack on what is promised
# (docs/security.md), and the red team on all its data.
test-slow: .venv/test
	@CHROMIUM="$$(sh tests/support/chromium.sh)" && export CHROMIUM && LONG=1 $(BIN)/pytest -m "long or attack" -s
	@$(BIN)/python -m data.redteam

red-team: .venv/run
	@$(BIN)/python -m data.redteam

bench: .venv/test
	@CHROMIUM="$$(sh tests/support/chromium.sh)" && export CHROMIUM && $(BIN)/python -m benchmarks $(PARTS)

lock: .venv/run
	@$(COMPILE) requirements.in -o requirements.txt
	@$(COMPILE) requirements-spark.in -o requirements-spark.txt
	@$(COMPILE) requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp is newer than the requirements that it stands for.
.venv/bin/python:
	@echo "Creating a virtual environment in .venv ..."
	@$(PYTHON) -m venv .venv

# With its hashes, as everything else; without it everything works as well.
.venv/bin/uv: | .venv/bin/python
	@sed -n '/^uv==/,/[^\]$$/p' requirements-dev.txt > .venv/uv.txt
	@$(PIP) install --require-hashes -r .venv/uv.txt || echo "uv can't be installed; pip does what it would do."

.venv/run: requirements.txt | .venv/bin/uv
	@echo "Installing requirements.txt (once) ..."
	@$(call INSTALL,requirements.txt)
	@touch $@

# Only where another server works out the marts (docs/scale.md).
.venv/spark: requirements-spark.txt .venv/run
	@$(call INSTALL,requirements-spark.txt)
	@touch $@

.venv/test: requirements-dev.txt .venv/run
	@echo "Installing requirements-dev.txt ..."
	@$(call INSTALL,requirements-dev.txt)
	@touch $@
