# make run   the whole market on this machine, with demo data (PORT=8000, VAR=var, DEMO=1)
# make test  everything, in real browsers too
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
VAR ?= var
DEMO ?= 1
WORKERS ?= 2

.PHONY: run test check fmt messages bench reset clean-venv lock

run: $(VENV)/.runtime
	@PORT=$(PORT) VAR=$(VAR) DEMO=$(DEMO) $(BIN)/python -m umkm_market.market

test: $(VENV)/.development browser
	@$(BIN)/pytest -n $(WORKERS) --ignore=tests/journeys
	@$(BIN)/pytest tests/journeys

check: $(VENV)/.development
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@VAR=$$(mktemp -d) DATABASE_URL=postgres://nobody@/nothing REDIS_URL=redis://nowhere $(BIN)/mypy .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/djlint --lint --quiet templates
	@VAR=$$(mktemp -d) $(BIN)/python manage.py makemigrations --check --dry-run -v 0

fmt: $(VENV)/.development
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# Collects what the code says for translation (needs gettext), and compiles what is translated.
messages: $(VENV)/.development
	@VAR=$$(mktemp -d) $(BIN)/python -W ignore manage.py makemessages -l en --no-obsolete --no-wrap --no-location \
	  -i .venv -i tests -i var -i bench -i node_modules
	@$(BIN)/python scripts/compile_messages.py

bench: $(VENV)/.development
	@for name in chat checkout pages video settle; do \
	  VAR=$$(mktemp -d) $(BIN)/python manage.py bench $$name --json || exit 1; done

reset:
	@printf 'Erase all data in %s (database, pictures, recordings)? Type yes: ' "$(VAR)"; \
	read answer; [ "$$answer" = yes ] && rm -rf "$(VAR)" && echo Erased. || echo Kept.

browser: $(VENV)/.development
	@$(BIN)/python scripts/install_browser.py

lock: $(VENV)/.development
	@scripts/lock

$(VENV)/.runtime: requirements/base.txt
	@scripts/install base $(PYTHON)
	@touch $@

$(VENV)/.development: requirements/dev.txt
	@scripts/install dev $(PYTHON)
	@touch $@ $(VENV)/.runtime
