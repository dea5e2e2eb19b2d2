"""Make servers, workers and webhooks fail, and show that nothing is lost or done twice.

The suite runs the same scenarios at a small size (`tests/processes/test_chaos.py`).
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

from tests.processes.scenarios import SCENARIOS, Metrics, Scenario
from tools import engines


@dataclass(frozen=True)
class Result:
    """The result of one scenario."""

    scenario: Scenario
    size: int
    seconds: float
    metrics: Metrics
    error: str = ""

    @property
    def row(self) -> str:
        """Return the result as a row of a Markdown table."""
        details = self.error or ", ".join(
            f"{name.replace('_', ' ')} {value}" for name, value in self.metrics.items()
        )
        verdict = "**FAILED**" if self.error else "passed"
        size = f"{self.size:,} {self.scenario.unit}"
        description = self.scenario.description
        return f"| {description} | {size} | {verdict} | {self.seconds:.0f} s | {details} |"


def main() -> None:
    """Run the chosen scenarios, print the table, and exit with 1 when one of them failed."""
    arguments = _arguments()
    chosen = [each for each in SCENARIOS if not arguments.only or each.name in arguments.only]
    results = []
    with engines.postgres(durable=False) as server:
        for number, scenario in enumerate(chosen, start=1):
            print(f"[{number}/{len(chosen)}] {scenario.name}: {scenario.description}", flush=True)
            results.append(run_scenario(scenario, server, scale=arguments.scale))
            print(f"  {results[-1].row}", flush=True)
    table = report(results)
    print(f"\n{table}", end="")
    if arguments.write:
        arguments.write.write_text(f"# `make chaos`\n\n{table}")
    sys.exit(any(result.error for result in results))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    names = [scenario.name for scenario in SCENARIOS]
    parser.add_argument("--only", action="append", choices=names, help="may be given several times")
    parser.add_argument("--scale", type=float, default=1, help="of every size; 0.1 is a tenth")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table there, too")
    return parser.parse_args()


def run_scenario(scenario: Scenario, server: str, *, scale: float) -> Result:
    """Run one scenario; a failure is a result, and the next scenarios run all the same."""
    size, started = max(2, round(scenario.size * scale)), time.monotonic()
    metrics: Metrics = {}
    error = ""
    try:
        metrics = scenario.run(server, size)
    except Exception as failure:  # noqa: BLE001 -- the table shows any failure
        traceback.print_exc()
        lines = str(failure).splitlines()
        error = lines[0].replace("|", "/") if lines else type(failure).__name__
    return Result(scenario, size, time.monotonic() - started, metrics, error)


def report(results: list[Result]) -> str:
    """Return the table as Markdown, with the machine and the version of the run."""
    version = ["git", "describe", "--always", "--dirty"]
    commit = subprocess.run(version, capture_output=True, text=True).stdout.strip() or "no git"
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    python = f"Python {platform.python_version()}"
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {commit} · {machine} · {python}",
        "",
        "| scenario | size | result | took | metrics |",
        "|---|---|---|---|---|",
        *(result.row for result in results),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
