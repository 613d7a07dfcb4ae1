# Everything on a fresh machine with Python 3.11 or newer and make: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check bench docs clean

demo: .venv/ready
	$(BIN)/onrecord build examples/reports -o examples.onrecord || test $$? -eq 3
	$(BIN)/onrecord timeline examples.onrecord
	$(BIN)/onrecord sources examples.onrecord

test: .venv/ready
	$(BIN)/pytest

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/ready
	$(BIN)/python bench/gate.py

docs: .venv/ready
	$(BIN)/mkdocs build --quiet

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

# what the exports' peers and the fuzzers need: a compiler, pkg-config and ICU's headers
.venv/peers: requirements-peers.lock .venv/ready
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-peers.lock
	touch $@

clean:
	rm -rf .venv .cache site examples.onrecord*
