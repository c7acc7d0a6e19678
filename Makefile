# What a person types here. `make` alone lists it.
#
# One virtual environment, .venv, serves everything: `make demo` installs what running needs, `make test` adds
# the rest. Stamp files in it remember what was installed, so nothing is installed twice and a changed lock
# file is noticed. With uv on the PATH it is used; without it, Python's own venv and pip do the same.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := bash

VENV := .venv
PY := $(VENV)/bin/python
RUN := $(VENV)/.installed-run
DEV := $(VENV)/.installed-dev
CODE := app.py bot handlers storage scheduler tests

# make demo PYTHON=/path/to/python    use this Python for a new environment
# make test PYTEST="-k rsvp"          give pytest something else than a process for each core
# make demo ARGS="--help"             give `app.py demo` something more
PYTHON ?=
PYTEST ?= -n auto
ARGS ?=

##@ Try it
.PHONY: demo
demo: $(RUN) ## run the whole bot on this machine, with made-up members and no account anywhere
	@$(PY) app.py demo $(ARGS)

##@ Change it
.PHONY: test check check-static catalogue-check format
test: $(DEV) ## run the tests
	@$(PY) -m pytest $(PYTEST)

check: check-static test ## everything that must hold before a commit

check-static: $(DEV) ## formatting, lint, types, imports and catalogues, without the tests
	@echo "Checking formatting, lint, types, imports and catalogues ..."
	@$(PY) -m ruff format --check --quiet . || { echo "Run 'make format'."; exit 1; }
	@$(PY) -m ruff check --quiet .
	@$(PY) -m mypy --no-error-summary
	@$(VENV)/bin/lint-imports --no-logo
	@$(MAKE) --no-print-directory catalogue-check

format: $(DEV) ## put the code into its format and mend what can be mended safely
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format --quiet .

.PHONY: bench years
years: $(DEV) ## live two years with every feature on, 600 members, on a clock of their own (ARGS="--members 60")
	@$(PY) -m tests.simulation $(ARGS)

bench: $(DEV) ## measure the promised figures on this machine (ARGS="--only outbox,politeness")
	@$(PY) -m tests.benchmarks $(ARGS)

.PHONY: drill
drill: $(DEV) ## kill, freeze and mislead real processes, and count what arrives
	@$(PY) -m tests.drills $(ARGS)
	@$(PY) -m tests.drills.crowd

.PHONY: privacy
privacy: $(DEV) ## try to tell who wrote what in a sealed survey, at full size
	@$(PY) -m tests.privacy $(ARGS)

##@ Words
LOCALE := bot/locale
POT := $(LOCALE)/enishi.pot
# Only the file is kept as a sentence's place: line numbers would change every catalogue with every commit.
EXTRACT := $(VENV)/bin/pybabel -q extract . --mapping=pyproject.toml --add-location=file --sort-by-file \
           --add-comments=Translators: --project=Enishi --copyright-holder='the Enishi authors'
UPDATE := $(VENV)/bin/pybabel -q update --domain=enishi --output-dir=$(LOCALE) --ignore-pot-creation-date \
          --no-fuzzy-matching

.PHONY: catalogue
catalogue: $(DEV) ## collect the sentences from the code and bring both catalogues up to date
	@mkdir -p $(LOCALE)
	@$(EXTRACT) --output=$(POT).new
	@# Keep the old file when only its date differs, so that a run without new sentences changes nothing.
	@if diff -q -I '^"POT-Creation-Date' $(POT) $(POT).new >/dev/null 2>&1; then rm $(POT).new; else mv $(POT).new $(POT); fi
	@# Japanese has one plural form and the template two slots: pybabel says so each time, to no purpose.
	@for language in ja en; do \
	  $(UPDATE) --input-file=$(POT) --locale=$$language --init-missing \
	    > >(grep -v -e 'more translations than num_plurals' -e 'Problem on line') || exit 1; \
	done

catalogue-check: $(DEV) ## fail when a catalogue does not hold the sentences of the code
	@new=$$(mktemp) && said=$$(mktemp) && trap 'rm -f "$$new" "$$said"' EXIT && $(EXTRACT) --output="$$new" && \
	for language in ja en; do \
	  $(UPDATE) --input-file="$$new" --locale=$$language --check >/dev/null 2>"$$said" || { \
	    tail -n 1 "$$said"; \
	    echo "The $$language catalogue does not match the code: run 'make catalogue' and translate what is new."; \
	    exit 1; }; \
	done

##@ Housekeeping
.PHONY: lock clean help
# The files carry versions and hashes only: no index address, no path. run.txt and postgres.txt are held to
# dev.txt, so that what is tested is what runs. `make lock ARGS=--upgrade` takes newer versions.
COMPILE = uv pip compile -q pyproject.toml $(ARGS) --universal --python-version 3.11 --generate-hashes \
          --no-header --no-emit-index-url --no-emit-find-links --annotation-style line
lock: ## resolve pyproject.toml into requirements/*.txt (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	@$(COMPILE) --extra postgres --group dev -o requirements/dev.txt
	@$(COMPILE) --extra postgres -c requirements/dev.txt -o requirements/postgres.txt
	@$(COMPILE) -c requirements/dev.txt -o requirements/run.txt

clean: ## remove the environment and every cache; databases and keys stay
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov dist
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

help:
	@awk 'BEGIN { FS = ":.*## " } /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ---------------------------------------------------------------------------------------- the environment
# When the environment's Python is gone (moved, upgraded), what was installed is gone with it.
$(shell [ -x $(PY) ] || rm -f $(RUN) $(DEV))

SUITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
NEEDS := Enishi needs Python 3.11, 3.12 or 3.13 and found none: install one, or name it with PYTHON=/path/to/python3.
NO_VENV := This Python cannot make environments: install its venv module (Debian, Ubuntu: apt install python3-venv), or uv.

$(PY):
	@for name in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
	  if "$$name" -c '$(SUITS)' 2>/dev/null; then found=$$name; break; fi; \
	done; \
	if command -v uv >/dev/null; then \
	  uv venv -q --clear --python "$${found:-$(or $(PYTHON),>=3.11,<3.14)}" $(VENV) || { echo "$(NEEDS)"; exit 1; }; \
	else \
	  [ -n "$${found:-}" ] || { echo "$(NEEDS)"; exit 1; }; \
	  "$$found" -m venv --clear $(VENV) >/dev/null || { echo "$(NO_VENV)"; exit 1; }; \
	fi

INSTALL = if command -v uv >/dev/null; then uv pip install -q --python $(PY) --require-hashes -r $(1); \
          else $(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip >/dev/null; \
            $(PY) -m pip install -qq --disable-pip-version-check --require-hashes -r $(1); fi

$(RUN): requirements/run.txt | $(PY)
	@echo "Installing what Enishi needs to run into $(VENV) ..."
	@$(call INSTALL,$<)
	@touch $@

# dev.txt holds everything run.txt holds, in the same versions: both are then installed.
$(DEV): requirements/dev.txt | $(PY)
	@echo "Installing what the tests and checks need into $(VENV) ..."
	@$(call INSTALL,$<)
	@touch $@ $(RUN)
