# Everything begins with `make setup`; the others call it by themselves.
PYTHON ?= python3
BIN := .venv/bin
# Two processes, a file always in one of them: its tests may share a bot.
SUITE := $(BIN)/python -m pytest -n 2 --dist loadfile

.PHONY: setup sandbox test test-postgresql check format bench long faults lock

setup: .venv/ready

# Made anew when what it is made of changes.
.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Molar needs Python 3.11 or newer: make PYTHON=python3.11 ..." >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

sandbox: setup
	@$(BIN)/python -m bot sandbox $(if $(PORT),--port $(PORT))

test: setup
	$(SUITE)

# What goes through a bot's database, which `test` keeps in files, once more on a server.
test-postgresql: setup
	MOLAR_TEST_DATABASE=postgresql $(SUITE) tests/unit tests/e2e tests/faults

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(SUITE)

bench: setup
	$(BIN)/python -m benchmarks

long: setup
	MOLAR_LONG=1 $(BIN)/python -m pytest -s -m "hypothesis or long"

faults: setup
	MOLAR_LONG=1 $(BIN)/python -m pytest -s -m faults

# Needs uv; hashed, and without a line that names an index.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --no-emit-index-url --all-extras pyproject.toml -o requirements.lock
