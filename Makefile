# Everything a newcomer or a developer does here; `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes
MESSAGES := meetings/translations/vi/LC_MESSAGES/messages
LONG ?=
COUNTED ?=
CODE := meetings storage search_index tests bench deploy
export NGHI_SU_STARTED := $(or $(NGHI_SU_STARTED),$(shell date +%s.%N))

RUN_PACKAGES := python3-venv bubblewrap tesseract-ocr tesseract-ocr-vie libreoffice-writer-nogui \
  libreoffice-calc-nogui libreoffice-impress-nogui fonts-liberation2
TEST_PACKAGES := chromium
DATABASE_PACKAGES := postgresql
# What speaks to the database in its own words: tables, rights, ledger, queue, migrations, moving. The other tests ask
# the same statements by way of pages, take a database each and far longer; `make test-postgres AT=tests` runs them too.
AT := tests/meetings/models tests/meetings/policy tests/meetings/audit tests/meetings/second_person \
  tests/meetings/organisation tests/meetings/documents/destruction tests/meetings/archive/test_queries.py \
  tests/meetings/backup/test_moving.py tests/meetings/test_events.py tests/meetings/test_jobs.py \
  tests/meetings/test_jobs_machine.py tests/meetings/test_periodic.py tests/meetings/test_upgrade.py \
  tests/meetings/test_vault.py tests/structure/test_migrations.py

.PHONY: help run install compiled test test-long coverage test-postgres setup lock lint format types bench bench-reader bench-search sbom advisories messages

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

run: .venv/.run $(MESSAGES).mo compiled ## Set up what is missing and start the product with its demo
	@exec $(BIN)/meetings run --demo

test: .venv/.test .venv/.bench $(MESSAGES).mo compiled ## Set up what is missing and run every test
	@LONG_TESTS=$(LONG) $(BIN)/pytest -n 2 $(COUNTED)

test-long: ## Run every test at its full size
	@$(MAKE) test LONG=1

coverage: ## Run every test and count what they reach; takes two thirds longer
	@$(MAKE) test COUNTED="--cov --cov-report=term"

test-postgres: .venv/.test .venv/.scale $(MESSAGES).mo ## Run the tests of the database on a PostgreSQL server of their own
	@deploy/packages $(DATABASE_PACKAGES)
	@# connections that nobody closed are looked for beside SQLite, where no server's pace decides when they are found
	@tests/with-postgresql $(BIN)/pytest -n 2 -m "not browser" \
	  -p no:unraisableexception $(AT)

install: .venv/.run $(MESSAGES).mo compiled ## Install what the service needs and nothing to develop

# What runs in the sandbox may write nothing, and would compile our code at every start.
compiled: .venv/.run
	@$(BIN)/python -m compileall -q meetings storage search_index

setup: .venv/.test .venv/.bench $(MESSAGES).mo ## Install everything to develop, test and measure

lock: .venv/.test ## Write the lock files anew
	@for group in run ocr test bench scale; do \
	  if [ $$group = run ]; then from=pyproject.toml; else from="-c requirements/run.txt --group $$group"; fi; \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras \
	    --no-header --no-annotate $$from -o requirements/$$group.txt || exit 1; \
	done

lint: .venv/.test .venv/.bench ## Check style, types, templates and the import rules
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check --quiet $(CODE)
	@$(BIN)/djlint --lint --quiet templates
	@$(BIN)/lint-imports --no-cache
	@$(MAKE) --no-print-directory types

format: .venv/.test ## Format the code
	@$(BIN)/ruff check --fix-only --quiet $(CODE)
	@$(BIN)/ruff format --quiet $(CODE)

types: .venv/.test .venv/.bench ## Check the types
	@$(BIN)/mypy

bench: setup ## Measure, each figure beside a yardstick of the same run; [ONLY="hall entry"]
	@$(BIN)/python -m bench $(ONLY)

bench-reader: setup ## Measure the reader in Chromium; [FOLDER=to keep] [PDFJS=unpacked pdfjs-dist] [MEASURE="first away"]
	@PDFJS=$(PDFJS) MEASURE="$(MEASURE)" $(BIN)/python -m bench.reader $(FOLDER)

bench-search: setup ## Measure the index beside Tantivy; DATA=folder of legal texts [PAPERS="10000 100000"]
	@$(BIN)/python -m bench.search $(DATA) $(PAPERS)

sbom: ## Print the parts of a release, read from the lock files (CycloneDX)
	@$(PYTHON) deploy/sbom.py

advisories: .venv/.run ## Compare the parts of a release with advisories; FROM=all.zip of PyPI from osv.dev
	@$(BIN)/python deploy/advisories.py $(FROM)

messages: .venv/.test ## Collect the texts of code and templates into the catalogue
	@$(BIN)/pybabel -q extract -F meetings/translations/babel.cfg -k _ -k lazy_gettext --no-location --sort-output -o .messages.pot .
	@$(BIN)/pybabel -q update -i .messages.pot -d meetings/translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@rm -f .messages.pot

$(MESSAGES).mo: $(MESSAGES).po .venv/.run
	@$(BIN)/pybabel -q compile -d meetings/translations

.venv/.run: requirements/run.txt requirements/ocr.txt deploy/packages pyproject.toml
	@deploy/packages $(RUN_PACKAGES)
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@$(PIP) -r requirements/run.txt -r requirements/ocr.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.test: .venv/.run requirements/test.txt
	@deploy/packages $(TEST_PACKAGES)
	@$(PIP) -r requirements/test.txt
	@touch $@

.venv/.scale: .venv/.run requirements/scale.txt
	@$(PIP) -r requirements/scale.txt
	@touch $@

.venv/.bench: .venv/.run requirements/bench.txt
	@$(PIP) -r requirements/bench.txt
	@touch $@
