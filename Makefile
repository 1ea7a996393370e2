# make run | make test | make check. A new machine needs python3.11 with venv, and make; nothing else.

PY ?= $(shell command -v python3.11 || command -v python3)
B := .venv/bin
ARGS ?=

export PATH := $(CURDIR)/$(B):$(PATH)
# An activated environment elsewhere must not be the one that is filled.
export VIRTUAL_ENV := $(CURDIR)/.venv
export UV_LINK_MODE ?= copy
export NPM_CONFIG_UPDATE_NOTIFIER := false

# The icon sprite holds what templates and Python name, so those are sources too.
ASSET_SOURCES := $(shell find assets static templates devservices/management -type f 2>/dev/null) \
	$(shell find api diary desk dashboards casefiles exchange rights notifications aftercare prosecutions survivors operations documents \
		cases law accounts reference figures -name '*.py' -not -path '*/migrations/*' 2>/dev/null)
CODE := $(wildcard api hooks diary desk dashboards casefiles exchange rights figures notifications aftercare prosecutions survivors \
	operations documents cases law accounts reference audit ijm_cases devservices tests tools manage.py)

# Real processes killed in the middle of their work; minutes. The short form is part of `make test`.
faults: build/.stamp
	FAULTS=1 $(B)/python -m devservices test -- pytest -p no:cacheprovider --timeout 900 $(or $(ARGS),tests/faults)

# Everybody against every address; `make test` lets some kinds of people try a part each.
matrix: build/.stamp
	MATRIX_WHOLE=1 $(B)/python -m devservices test -- pytest -n 2 --dist loadgroup $(or $(ARGS),tests/matrix tests/rights/test_field_table.py)

# Local and bounded: some ten minutes on two cores. Not part of `make test`.
attack: build/.stamp
	@BROWSER_BIN=$$(tools/ensure_browser.sh) && export BROWSER_BIN ATTACK=1 && \
		$(B)/python -m devservices test -- pytest -n 2 --dist loadgroup --timeout 900 \
		tests/attack tests/matrix tests/documents/test_inspection.py tests/documents/test_names.py $(ARGS)

.PHONY: attack faults run setup assets test check format bench bench-locks bench-names stop clean-dev requirements matrix

run: build/.stamp
	@exec $(B)/python -m devservices run --with-parent

setup: build/.stamp

test: build/.stamp
	@BROWSER_BIN=$$(tools/ensure_browser.sh) && export BROWSER_BIN && \
		$(B)/python -m devservices test -- pytest -n 2 --dist loadgroup $(ARGS)

check: build/.stamp
	$(B)/ruff check
	$(B)/ruff format --check
	@find . -name '*.html' -path '*templates/*' -not -path './node_modules/*' -not -path './.venv/*' -print0 \
		| xargs -0 --no-run-if-empty $(B)/djade --target-version 5.2 --check
	$(B)/python -c 'import yaml; yaml.safe_load(open("docker-compose.yml"))'
	$(B)/lint-imports
	$(B)/mypy
	$(B)/python manage.py check --fail-level WARNING
	$(B)/python manage.py makemigrations --check --dry-run
	$(B)/python tools/check_deployment.py
	$(B)/python tools/make_sbom.py
	$(B)/python tools/audit_dependencies.py

format: .venv/.stamp
	$(B)/ruff check --fix-only --quiet
	$(B)/ruff format --quiet
	@find $(CODE) -name '*.py' -print0 | xargs -0 $(B)/django-upgrade --target-version 5.2 --exit-zero-even-if-changed
	@find . -name '*.html' -path '*templates/*' -not -path './node_modules/*' -not -path './.venv/*' -print0 \
		| xargs -0 --no-run-if-empty $(B)/djade --target-version 5.2

# Pages on so many made-up cases beside hello and floor, written to docs/benchmarks.md; CASES=1000000 takes hours.
bench: build/.stamp
	tools/bench.sh $(or $(CASES),10000) $(ARGS)
	PYTHONPATH=. DJANGO_SETTINGS_MODULE=ijm_cases.settings $(B)/python tools/bench_names.py
	PYTHONPATH=. DJANGO_SETTINGS_MODULE=ijm_cases.settings \
		$(B)/python -m devservices test -- python tools/bench_owing.py
	PYTHONPATH=. DJANGO_SETTINGS_MODULE=ijm_cases.settings \
		$(B)/python -m devservices test -- python tools/bench_sending.py

# A million names searched in PostgreSQL, in a database of its own; takes minutes.
bench-names: build/.stamp
	NAMES=$(or $(NAMES),1000000) PYTHONPATH=. DJANGO_SETTINGS_MODULE=ijm_cases.settings \
		$(B)/python -m devservices test -- python tools/bench_names.py

# What row-level security costs at a million cases, on a database of its own.
bench-locks: build/.stamp
	PYTHONPATH=. DJANGO_SETTINGS_MODULE=ijm_cases.settings \
		$(B)/python -m devservices test -- python tools/bench_locks.py

# Ends PostgreSQL and Valkey of this checkout, whoever uses them.
stop:
	@$(B)/python -m devservices stop

# Deletes the local database, files and passwords; the next run starts from nothing.
clean-dev:
	@$(B)/python -m devservices clean

requirements: .venv/.stamp
	$(B)/uv pip compile -q --upgrade --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make requirements" requirements.in -o requirements.txt
	$(B)/uv pip compile -q --upgrade --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make requirements" requirements-dev.in -o requirements-dev.txt

# pip takes minutes to check these hashes and uv seconds, so pip installs uv and nothing else.
.venv/.stamp: requirements-dev.txt
	@test -x $(B)/python || $(PY) -m venv .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.txt > .venv/uv.txt
	@test -x $(B)/uv || $(B)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
	$(B)/uv pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/.stamp: package.json package-lock.json .venv/.stamp
	$(B)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

build/.stamp: node_modules/.stamp $(ASSET_SOURCES)
	$(B)/python manage.py build_assets
	$(B)/python manage.py collectstatic --noinput --clear -v 0
	@touch $@

assets: build/.stamp
