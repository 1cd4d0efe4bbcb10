#!/bin/sh
# statsmodels: one missing p-value takes every corrected p-value with it, while the verdicts stay
#
# Expected: the documentation of multipletests() says nothing of missing values. One expects an error, or that a missing
# p-value stays missing and the others are corrected as if it were not there (as R's p.adjust does).
# Instead: with Benjamini and Hochberg's method all corrected p-values become nan, yet "reject" still says True for the
# first: a verdict without the number it rests on. With Holm's the others stay numbers, but are corrected for one test too
# many: 0.04 becomes 0.12, without the missing one 0.08. Nothing is warned about.
# Seen in: statsmodels 0.15.0 with numpy 2.4.6 and scipy 1.17.1.
# Why it matters: a branch with no records in a term has no p-value. One such branch among many wipes the whole column
# of the table under which 「无明显变化」 is decided, or makes all the others look calmer than they are.
# What to do: correct only the p-values that are there and lay the result back in its places.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check statsmodels==0.15.0 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1
venv/bin/pip freeze
venv/bin/python - <<'END'
import sys

import numpy
from statsmodels.stats.multitest import multipletests

given = numpy.array([0.001, 0.04, numpy.nan, 0.2])
there = ~numpy.isnan(given)
result = {}
for method in ("fdr_bh", "holm"):
    for name, values in (("with", given), ("without", given[there])):
        reject, corrected = multipletests(values, method=method)[:2]
        result[method, name] = reject.tolist(), corrected
        print(f"{method:7}{name:8} the missing one: reject {reject.tolist()}, corrected {corrected.round(4).tolist()}")
reject, corrected = result["fdr_bh", "with"]
same = (
    reject == [True, False, False, False]
    and numpy.isnan(corrected).all()
    and numpy.allclose(result["fdr_bh", "without"][1], [0.003, 0.06, 0.2])
    and numpy.allclose(result["holm", "with"][1], [0.004, 0.12, numpy.nan, 0.4], equal_nan=True)
    and numpy.allclose(result["holm", "without"][1], [0.003, 0.08, 0.2])
)
if not same:
    sys.exit("no longer as stated")
print("as stated")
END
