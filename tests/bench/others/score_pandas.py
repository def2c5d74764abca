# SPDX-License-Identifier: MIT
"""Two means of 18 items each with pandas:  score_pandas.py FILE.csv"""

import sys

import pandas as pd

REVERSED = [3, 15, 19, 22, 25, 27, 29, 31, 33, 35]

rows = pd.read_csv(sys.argv[1])
for number in REVERSED:
    rows[f"q{number}"] = 8 - rows[f"q{number}"]
out = rows[["id"]].copy()
for name, first in (("anxiety", 2), ("avoidance", 1)):
    items = rows[[f"q{number}" for number in range(first, 37, 2)]]
    out[name] = items.mean(axis=1).round(4)
    out[f"{name}_answered"] = items.count(axis=1)
out.to_csv(sys.stdout, index=False)
