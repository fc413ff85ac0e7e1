# What can be asked of this repository: `make help`. Needs python3 (3.11 or newer) and make.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test doors coverage torture hostile bench scale lint docs lock clean FORCE

# What Python compiles is kept, whatever the surroundings say: starting twice costs half.
unexport PYTHONDONTWRITEBYTECODE
PYTHON ?= python3
ARGS ?=
HERE := .venv/bin/python
ALL := --numprocesses=2 --dist=loadscope --no-loadscope-reorder --durations=10
# The locks name everything: nothing else is resolved, so nothing newer can come in between.
INSTALL := $(HERE) -m pip install -qq --disable-pip-version-check --no-compile --no-deps
WHOLE := lacks=$$($(HERE) -m pip --disable-pip-version-check check) || { echo "$$lacks" >&2; exit 1; }
# What has to be built is built with the pinned setuptools, not with one fetched for the occasion.
BUILD := --no-build-isolation --use-pep517
COMPILE := $(HERE) -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --annotation-style line \
	--custom-compile-command "make lock" $(ARGS)

help: ## This list
	@sed -n 's/^\([a-z]*\):.*## /  make \1|/p' Makefile | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'
	@echo '  Options go in ARGS, another Python in PYTHON: make test ARGS="-k vote" PYTHON=python3.12'

demo: .venv/run ## A homeserver, a circle and its people here, then a chat (about 3 minutes)
	@$(HERE) -m bot demo $(ARGS)

test: lint ## Everything that is checked, told at the end with what was skipped and why
	@$(HERE) -m pytest $(if $(ARGS),$(ARGS),$(ALL))

doors: .venv/dev ## Every word of the command line, installed and typed as people do (2 minutes)
	@$(HERE) -m pytest tests/doors $(ARGS)

coverage: .venv/dev ## All tests again, and what of the program they ran (half as long again)
	@$(HERE) -m pytest $(ALL) --cov --cov-report=html

torture: .venv/dev ## Kills, cuts and starves the bot, then recounts (8 minutes; ROUNDS=full: an hour)
	@$(HERE) -m tests.torture.main $(if $(ROUNDS),--rounds $(ROUNDS)) $(ARGS)

hostile: .venv/dev ## Hostile rooms: 50 000 steps drawn from a seed, and faults put in (30 minutes)
	@HOSTILE=1 $(HERE) -m pytest tests/hostile
	@$(HERE) -m tests.hostile.main $(ARGS)

bench: .venv/run ## How fast, beside others (25 minutes, a quiet machine; ROUNDS=1 CASES="plain-1" is less)
	@$(HERE) -m bench.live

scale: .venv/dev ## How it grows, from 10 000 to a million entries (25 minutes, a quiet machine)
	@$(HERE) -m bench.scale $(ARGS)

lint: .venv/dev ## Style, types, and who may import whom
	@$(HERE) -m ruff check .
	@$(HERE) -m ruff format --check .
	@$(HERE) -m mypy
	@.venv/bin/lint-imports --no-logo

docs: .venv/run ## Writes the commands pages anew from the commands
	@$(HERE) -m bot.docs_pages

lock: .venv/dev ## Pins the dependencies again (newer ones: make lock ARGS=--upgrade)
	@mkdir -p requirements
	@$(COMPILE) pyproject.toml --output-file requirements/run.txt
	@$(COMPILE) pyproject.toml --group dev --constraints requirements/run.txt \
		--output-file requirements/dev.txt
	@$(COMPILE) --group build --constraints requirements/dev.txt \
		--output-file requirements/build.txt
	@$(COMPILE) --group node --output-file requirements/node.txt

# The environment is made anew when it is missing, broken or moved, and completed when what it
# was made from has changed: enough to run first, then what tests and style need. The first stamp
# holds the folder it was made in. Modules are compiled when they are first used.
.venv/run: requirements/build.txt requirements/run.txt pyproject.toml $(shell \
		test "$$(cat .venv/run 2>/dev/null)" = "$(CURDIR)" || echo FORCE)
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "souci needs Python 3.11 or newer; $(PYTHON) is: $$("$(PYTHON)" --version 2>&1)."; \
		echo "Name another one, for example: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; } >&2
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) comes without its venv module (Debian, Ubuntu: apt install python3-venv)."; \
		exit 1; } >&2
	@echo "Setting up the environment in .venv (a minute or two the first time)…"
	@$(HERE) -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
		test "$$(cat .venv/run 2>/dev/null || echo "$(CURDIR)")" = "$(CURDIR)" || \
		"$(PYTHON)" -m venv --clear .venv
	@$(INSTALL) --require-hashes --requirement requirements/build.txt
	@$(INSTALL) --require-hashes $(BUILD) --requirement requirements/run.txt
	@$(INSTALL) $(BUILD) --config-settings editable_mode=compat --editable .
	@$(WHOLE)
	@echo "$(CURDIR)" > .venv/run

.venv/dev: .venv/run requirements/dev.txt
	@echo "Adding what the tests need…"
	@$(INSTALL) --require-hashes $(BUILD) --requirement requirements/dev.txt
	@$(WHOLE)
	@touch .venv/dev

FORCE:

clean: ## Removes everything that was made here: environments, caches
	rm -rf .venv .cache .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache tests/interop/*/node_modules build ./*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
