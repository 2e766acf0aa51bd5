# Two commands on a fresh machine: `make run` and `make test`. Nothing is assumed but Python >= 3.11 and make.
# uv makes the environment where it is present; venv and pip where it is not.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv)

# A start compiles every file anew where the environment forbids to keep what was compiled, and tests start often.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-slow test-browser test-readers lint check format clean

run: $(VENV)/.installed
	$(BIN)/chapar run

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 4 --dist worksteal  # many wait for a server: two cores carry four

test-slow: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m slow --timeout=6000

test-browser: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m browser -n 2

test-readers: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m readers

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# A venv that was not finished has no `.made`, and is made again.
$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Chapar needs Python 3.11, 3.12 or 3.13; set PYTHON=/path/to/python"; exit 1; }
ifdef UV
	$(UV) venv --quiet --clear --python $(PYTHON) $(VENV)
else
	$(PYTHON) -m venv --clear $(VENV) || { echo "python3-venv is missing: install it (Debian: apt install python3-venv) or uv"; exit 1; }
endif
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.made
	@echo "installing, about a minute"
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python -e .
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
endif
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.made
	@echo "installing with the tools for tests, about two minutes"
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python -e . --group dev
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e . --group dev
endif
	@touch $@ $(VENV)/.installed
