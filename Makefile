# `make run` serves the dashboard, `make test` checks everything. Both need git, make and Python 3.11 with venv.
PYTHON ?= python3.11
export DASHBOARD_ADDRESS ?= localhost
export DASHBOARD_PORT ?= 8501
# The names by which readers reach it, if others than that address.
DASHBOARD_HOSTS ?=

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
COMPILE := bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

.PHONY: run test kill-test red-team bench lock clean

run: .venv/run
	@$(BIN)/python -m data demo --prepare
	@exec $(BIN)/streamlit run dashboard.py --server.address "$(DASHBOARD_ADDRESS)" --server.port "$(DASHBOARD_PORT)" \
		$(foreach name,localhost 127.0.0.1 ::1 $(DASHBOARD_ADDRESS) $(DASHBOARD_HOSTS),--server.allowedHosts "$(name)")

test: .venv/test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@CHROMIUM="$$(sh tests/chromium.sh)" && export CHROMIUM && $(BIN)/pytest --numprocesses 3 --dist loadfile

kill-test: .venv/test
	@KILLS=200 $(BIN)/pytest tests/store/test_killed.py tests/releases/test_killed.py -s

red-team: .venv/run
	@$(BIN)/python -m data.redteam

bench: .venv/run
	@$(BIN)/python -m benchmarks $(PARTS)

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
