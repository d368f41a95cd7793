# make demo: install what a plan needs and plan the shipped case.   make test: install everything and run all tests.
# make page: install what the page needs and open it in a browser.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo page test lint types layers docs constraints

demo: .venv/ok
	$(BIN)/planner solve cases/jing-jin-ji --replace
	$(BIN)/planner show plans/jing-jin-ji--base
	@echo
	@echo "To use planner in this shell:  . $(BIN)/activate"

page: .venv/ok-ui
	$(BIN)/planner ui

test: .venv/ok-all
	$(BIN)/python -m pytest -q -n 2 --dist loadfile -rs

lint: .venv/ok-all
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ok-all
	$(BIN)/mypy planner models ui

layers: .venv/ok-all
	$(BIN)/lint-imports

docs: .venv/ok-all
	$(BIN)/python -m docs.generate

# A folder as target would count as done after a failed install: the stamps are written last.
.venv/ok: pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing. Debian, Ubuntu: apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if v >= (3, 11) else "Python 3.11 or newer is needed, and $(PYTHON) is %d.%d. If a newer one is installed: make PYTHON=python3.12" % v)'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments. Debian, Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

.venv/ok-ui: .venv/ok
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[ui]'
	@touch $@

.venv/ok-all: .venv/ok
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[ui,cluster,dev]'
	@touch $@

# Newest versions that fit together, for all platforms, without any index's address.
constraints: .venv/ok-all
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --upgrade --quiet --no-header --no-annotate --no-emit-index-url --output-file constraints.txt
