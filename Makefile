# make demo: install what a plan needs and plan the shipped case.   make page: install what the page needs and open it.
# make check: style, types and the quick tests.   make test: all tests.
# make proof: what takes long: cases of full size solved anew, and everything that is drawn by chance, drawn larger.
PYTHON ?= python3
BIN := .venv/bin
unexport PYTHONDONTWRITEBYTECODE # tests start many processes: what is compiled once is compiled for all

.PHONY: demo page check test proof plans lint types layers docs constraints

demo: .venv/ok
	$(BIN)/planner solve cases/jing-jin-ji --replace
	$(BIN)/planner show plans/jing-jin-ji--base
	@echo
	@echo "To use planner in this shell:  . $(BIN)/activate"

page: .venv/ok-ui
	$(BIN)/planner ui

check: .venv/ok-all
	$(MAKE) --jobs 2 lint types layers
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not slow and not proof"

# Three on two cores: tests of the page wait for a browser half of their time.
test: .venv/ok-all
	$(BIN)/python -m pytest -q -n 3 --dist loadfile --no-loadscope-reorder -rfEs -m "not proof"

# SEED: another one draws other cases, damages and edits.
SEED ?= 1000
proof: .venv/ok-all
	$(BIN)/python -m pytest -q -n 2 --dist load -rfEs -m proof
	$(BIN)/python -m tests.oracle 300 $(SEED)000
	$(BIN)/python -m tests.damage 1500 $(SEED)
	$(BIN)/python -m tests.audit.edits 500 $(SEED)
	$(BIN)/python -m tests.kept.programs

# The plan that lies beside each shipped case, where the case is meant to change.
plans: .venv/ok
	for case in cases/*/case.yaml; do $(BIN)/planner solve $${case%/*} -o $${case%/*}/plan --replace --quiet || exit 1; done

lint: .venv/ok-all
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ok-all
	$(BIN)/mypy planner models ui docs

layers: .venv/ok-all
	$(BIN)/lint-imports

docs: .venv/ok-all
	$(BIN)/python -m docs.generate

# A folder as target would count as done after a failed install: the stamps are written last.
.venv/ok: pyproject.toml requirements/planner.txt
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing. Debian, Ubuntu: apt install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if v >= (3, 11) else "Python 3.11 or newer is needed, and $(PYTHON) is %d.%d. If a newer one is installed: make PYTHON=python3.12" % v)'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments. Debian, Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(call install,planner)
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ok-ui: .venv/ok requirements/page.txt
	$(call install,page)
	@touch $@

.venv/ok-all: .venv/ok requirements/all.txt
	$(call install,all)
	@touch $@

# Only files whose hashes are known; pip takes no hashes with an editable install, which therefore comes after, without any.
install = $(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/$(1).txt

# Newest versions that fit together, for all platforms, without any index's address; then the hashes of their files.
COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --quiet --no-header --no-annotate --no-emit-index-url
HASHES = $(COMPILE) requirements/build.in --constraint constraints.txt --generate-hashes --output-file

constraints: .venv/ok-all
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) --all-extras --upgrade --output-file constraints.txt
	$(HASHES) requirements/planner.txt
	$(HASHES) requirements/page.txt --extra ui
	$(HASHES) requirements/all.txt --all-extras
