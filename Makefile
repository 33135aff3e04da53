# Every target works on a fresh clone and may be run again at any time.
SHELL := /bin/sh
PORT ?= 8000
PYTHON ?=
export PYTHON
PY := .venv/bin/python
# Settings that `check --deploy` judges: production's, with values of no secret.
DEPLOY := MODE=production DEBUG= SECRET_KEY=only-for-the-deployment-check-0123456789-abcdefghijklmnopqrstuvwxyz \
	ALLOWED_HOSTS=jobs.example SITE_URL=https://jobs.example DATABASE_URL=postgres://u@localhost/u
WORKERS ?= 2

.PHONY: help demo run stop test test-fast check fmt bench assure install install-dev

help:
	@echo "make demo        install, load the demo world, serve it on http://localhost:$(PORT) (PORT=8001: elsewhere)"
	@echo "make run         the same without demo data and logins"
	@echo "make stop        stop what runs from this place"
	@echo "make test        all tests, and how much they cover; test-fast: without browser and coverage"
	@echo "make check       lint, types, contracts, migrations, deployment settings"
	@echo "make fmt         format the code"
	@echo "make bench       measure; make assure: slow set-up cases"

install:
	@sh deploy/venv.sh runtime

install-dev:
	@sh deploy/venv.sh dev

demo: install
	@exec $(PY) -m cscareers.serve --demo --follow-parent --port $(PORT)

run: install
	@exec $(PY) -m cscareers.serve --follow-parent --port $(PORT)

stop:
	@if [ -x $(PY) ]; then $(PY) -m cscareers.serve --stop; else echo "Nothing was installed here."; fi

test: install-dev
	@mkdir -p var
	$(PY) -m pytest -n $(WORKERS) -q --cov --cov-report=json:var/coverage.json
	$(PY) tests/architecture/coverage_gate.py var/coverage.json

test-fast: install-dev
	$(PY) -m pytest -n $(WORKERS) -q -m "not browser"

check: install-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m djlint templates --lint --quiet
	$(PY) -m mypy
	$(PY) -c "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())" --no-logo
	$(PY) manage.py makemigrations --check --dry-run
	$(DEPLOY) $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) -m deptry .

fmt: install-dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: install-dev
	$(PY) -m pytest bench -q -p no:randomly -o python_files="bench_*.py"

assure: install-dev
	$(PY) tests/assure/run.py $(CASE)
