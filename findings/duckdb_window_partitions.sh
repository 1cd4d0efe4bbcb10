#!/bin/sh
# DuckDB 1.5.5: an aggregate whose answer depends on the order of its rows (a sum of DOUBLE), over a window that is ordered
# and unbounded on both sides, is wrong for 65,536 rows once there are 1,041,748 partitions (duckdb#24985). Right on 2.0.1.
# Seen on 2026-11-30: 1.5.5 says 65536 wrong rows, 2.0.1 says 0. On 1.5.5 right: the same sum of BIGINT, without ORDER BY,
# or with a frame that ends (or begins) at the current row; row_number, lag, lead, first_value, last_value, max.
# Needs pip and its registry, no part of the product; takes some minutes. Fails when what was seen changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

wrong_rows() { # version
    python3 -m venv "$folder/$1"
    "$folder/$1/bin/python" -m pip install --quiet --disable-pip-version-check "duckdb==$1"
    "$folder/$1/bin/python" - <<'PROGRAM'
import duckdb
frame = "RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
print(duckdb.connect().execute(f"""
    WITH one AS (SELECT n::VARCHAR AS name, 'abc' AS same, n::DOUBLE AS value FROM generate_series(1, 1041748) s(n)),
    summed AS (SELECT value, sum(value) OVER (PARTITION BY name ORDER BY same {frame}) AS total FROM one)
    SELECT count(*) FROM summed WHERE value IS DISTINCT FROM total""").fetchall()[0][0])
PROGRAM
}

old=$(wrong_rows 1.5.5)
new=$(wrong_rows 2.0.1)
echo "wrong rows of 1041748: DuckDB 1.5.5 $old, DuckDB 2.0.1 $new"
[ "$old" = 65536 ] && [ "$new" = 0 ]
