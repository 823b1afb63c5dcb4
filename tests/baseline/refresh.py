"""Writes the baseline anew: ``python -m tests.baseline.refresh``. Look at the difference before committing it."""

from __future__ import annotations

import csv

from tests.baseline import hoang_kim

if __name__ == "__main__":
    with hoang_kim.FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, hoang_kim.COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(hoang_kim.lines())
