# `make run` and `make test` do everything a reader needs; `make quick` while you edit, `make lanes` before a release. Windows and no-make: see README.
PYTHON := .venv/bin/python
STAMP := .venv/.installed
# compiled once for all: without, every worker and every child process of the tests compiles the same files anew
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run load quick test lanes lint types bench docs duckdb-next clean

run: $(STAMP)            ## environment, demonstration campus, build, dashboard in the browser
	$(PYTHON) -m etl demo --if-none
	$(PYTHON) -m streamlit run serve.py

load: $(STAMP)           ## build from the files in data/inbox
	$(PYTHON) -m etl load

quick: $(STAMP)          ## while you edit: no browser, no four-year campus, no real files
	$(PYTHON) -m pytest -q -n auto -m "not slow" --ignore=tests/browser

test: $(STAMP) lint      ## before a commit: format, types, everything, browser included
	sh scripts/browser.sh
	sh scripts/database.sh
	$(PYTHON) -m pytest -q -n auto

lanes: $(STAMP)          ## before a release: the long runs, one program each in scripts/lanes
	@set -e; for lane in scripts/lanes/*.sh; do echo "$$lane"; sh "$$lane"; done

lint: $(STAMP) types     ## format, rules, types
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .

types: $(STAMP)
	$(PYTHON) -m mypy

bench: $(STAMP)          ## ratios: the build against bare DuckDB, the server time of every page
	$(PYTHON) -m benchmarks

duckdb-next: $(STAMP)    ## the tests that touch the database most, and a load, on the next DuckDB
	sh scripts/duckdb_next.sh all

docs: $(STAMP)           ## write again what is generated from the declarations and the catalogue
	$(PYTHON) -m etl docs
	$(PYTHON) -m metrics.define.docs

clean:
	rm -rf .venv data/demo data/landing data/builds

$(STAMP): requirements.txt scripts/environment.sh
	sh scripts/environment.sh
	touch $(STAMP)
