#!/bin/sh
# The promised ratios: the build against bare DuckDB, pages, signals, reviews and a million tickets.
set -eu
cd "$(dirname "$0")/../.."
for program in "" signals review desk; do
    .venv/bin/python -m benchmarks $program
done
