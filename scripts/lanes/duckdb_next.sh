#!/bin/sh
# Everything that touches the database, on the next DuckDB.
set -eu
exec sh "$(dirname "$0")/../duckdb_next.sh" all
