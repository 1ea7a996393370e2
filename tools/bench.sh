#!/usr/bin/env bash
# Makes a database of so many cases, unless it is there from the last time, and measures the pages on it.
set -euo pipefail
cd "$(dirname "$0")/.."

cases=${1:-10000}
shift || true
export IJM_DEV_DIR=${BENCH_DIR:-${TMPDIR:-/tmp}/ijm-bench}-$cases

.venv/bin/python manage.py migrate -v 0
.venv/bin/python manage.py make_data --cases "$cases" --once
.venv/bin/python manage.py rebuild_rollups --missing
.venv/bin/python manage.py bench --write "$@"
