# Einklang. `make run` serves, `make demo` shows a room at work, `make test` runs every check.
# Settings come from the environment: PORT, DATABASE_URL, PUBLIC_URL, MODERATOR_PASSPHRASE.

export PORT ?= 8501
DEMO_DATABASE ?= sqlite:///$(CURDIR)/data/demo.db
JOBS ?= 2
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTHON := $(shell for p in python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: run demo setup test check screenshots free-port

run: free-port .venv/.ready
	@exec $(BIN)/python app.py serve --with-demo

demo: free-port .venv/.ready
	@DATABASE_URL="$(DEMO_DATABASE)" exec $(BIN)/python app.py demo --phones 30

setup: .venv/.ready-dev

test: setup
	@.ci/needs
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

# The README's pictures anew, of a simulated room.
screenshots: setup
	@.ci/needs
	@$(BIN)/python -m tests.screenshots

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/mypy app.py
	$(BIN)/lint-imports --no-cache

# Before anything is installed: an address that somebody else answers would make the QR code lie.
free-port:
	@test -z "$(PYTHON)" || $(PYTHON) -c 'import os, socket, sys; p = os.environ["PORT"]; \
	p.isdigit() and int(p) < 65536 and not socket.socket().connect_ex(("127.0.0.1", int(p))) and \
	sys.exit(f"Port {p} is taken by another program. Stop that one, or set PORT to a free port.")'

.venv/.ready: requirements.txt
	@test -n "$(PYTHON)" || { echo "Einklang needs Python 3.11." >&2; exit 1; }
	@echo "Setting up .venv, once: this takes a minute."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.ready-dev: requirements-dev.txt .venv/.ready
	@$(PIP) -r requirements-dev.txt
	@touch $@
