"""Kill, hang, empty, drop and repeat, and show that nothing is lost and nothing is done twice.

The suite plays the same scenarios in small (`tests/processes/test_chaos.py`).
"""

import argparse
import os
import platform
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.processes.full_size import SCENARIOS, Figures, Scenario
from tools import engines


@dataclass(frozen=True)
class Result:
    """Hold what became of one scenario."""

    scenario: Scenario
    size: int
    seconds: float
    figures: Figures
    error: str = ""

    @property
    def row(self) -> str:
        """Return the result as a row of a Markdown table."""
        told = self.error or ", ".join(
            f"{name.replace('_', ' ')} {value}" for name, value in self.figures.items()
        )
        verdict = "**FAILED**" if self.error else "passed"
        size = f"{self.size:,} {self.scenario.unit}"
        return f"| {self.scenario.what} | {size} | {verdict} | {self.seconds:.0f} s | {told} |"


def main() -> None:
    """Play what was asked for, print the table, and exit with 1 when anything failed."""
    asked = _arguments()
    chosen = [each for each in SCENARIOS if not asked.only or each.name in asked.only]
    results = []
    with engines.postgres(durable=False) as server:
        for number, scenario in enumerate(chosen, start=1):
            print(f"[{number}/{len(chosen)}] {scenario.name}: {scenario.what}", flush=True)
            results.append(play(scenario, server, scale=asked.scale))
            print(f"  {results[-1].row}", flush=True)
    table = report(results)
    print(f"\n{table}", end="")
    if asked.write:
        asked.write.write_text(f"# `make chaos`\n\n{table}")
    sys.exit(any(result.error for result in results))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    names = [scenario.name for scenario in SCENARIOS]
    parser.add_argument("--only", action="append", choices=names, help="may be given several times")
    parser.add_argument("--scale", type=float, default=1, help="of every size; 0.1 is a tenth")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table there, too")
    return parser.parse_args()


def play(scenario: Scenario, server: str, *, scale: float) -> Result:
    """Play one scenario; a failure is a result, for the others are still to come."""
    size, started = max(2, round(scenario.size * scale)), time.monotonic()
    figures: Figures = {}
    error = ""
    try:
        figures = scenario.play(server, size)
    except Exception as failure:  # noqa: BLE001 -- whatever it is, the table shall say so
        traceback.print_exc()
        words = str(failure).splitlines()
        error = words[0].replace("|", "/") if words else type(failure).__name__
    return Result(scenario, size, time.monotonic() - started, figures, error)


def report(results: list[Result]) -> str:
    """Return the table, and the machine and version that it is about, as Markdown."""
    version = ["git", "describe", "--always", "--dirty"]
    commit = subprocess.run(version, capture_output=True, text=True).stdout.strip() or "no git"
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    python = f"Python {platform.python_version()}"
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {commit} · {machine} · {python}",
        "",
        "| scenario | size | result | took | figures |",
        "|---|---|---|---|---|",
        *(result.row for result in results),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
