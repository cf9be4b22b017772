"""`python -m tests.load --phones 30 300 1000`: rooms of phones, beside the obvious baseline.

Prints one table. Load and server share this machine's cores; compare within one run. With
`--results` it prints what it costs to compute results instead.
"""

from __future__ import annotations

import argparse
import os
import sys

from tests.load import results
from tests.load.figures import Run, table
from tests.load.obvious_phones import baselines
from tests.load.phones import einklang_run


def main() -> int:
    """Run what was asked for, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.load", description=__doc__)
    parser.add_argument("--phones", type=int, nargs="+", default=[30, 300, 1000])
    parser.add_argument("--seconds", type=float, default=25.0, help="time for three answers each")
    parser.add_argument("--baseline-phones", type=int, default=30, help="0 leaves it out")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--results", action="store_true", help="time the numbers, not the phones")
    options = parser.parse_args()
    if options.results:
        found = results.figures(options.seed)
        print(f"{os.cpu_count()} cores")
        print(results.table(found))
        return 1 if any(figure.missed for figure in found) else 0
    runs: list[Run] = []
    for phones in options.phones:
        say(f"Einklang with {phones} phones …")
        runs.append(einklang_run(phones, options.seconds, options.seed))
    if options.baseline_phones:
        say(f"The obvious Streamlit app with {options.baseline_phones} phones, twice …")
        runs += baselines(options.baseline_phones, options.seconds, options.seed)
    print(f"{os.cpu_count()} cores, shared by server and load")
    print(table(runs))
    return 1 if any(run.errors for run in runs if run.name == "Einklang") else 0


def say(sentence: str) -> None:
    """Progress goes beside the figures."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
