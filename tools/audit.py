"""Look for known vulnerabilities in the locked packages, with pip-audit.

A vulnerability ends the program with exit code 1. Without the network nothing can be audited: one
line says so, and the exit code is 0.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools.processes import ROOT, fail

# The lock of development holds every package of the other two: tests/environment/test_audit.py.
LOCKS = ("runtime", "demo", "dev")
LOCK = ROOT / "requirements" / f"{LOCKS[-1]}.txt"
PIP_AUDIT = (sys.executable, "-m", "pip_audit")
TIMEOUT = 60  # seconds
NOT_AUDITED = "pip-audit could not reach its data: not audited"
_NETWORK_SIGNS = ("requests.exceptions", "ConnectionError", "ServiceError", "Could not connect")


def main(lock: Path = LOCK, command: tuple[str, ...] = PIP_AUDIT) -> None:
    """Audit a lock, print one line, and exit with 1 where a package has a vulnerability."""
    options = ("--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "5")
    try:
        run = subprocess.run(
            [*command, "-r", str(lock), *options], capture_output=True, text=True, timeout=TIMEOUT
        )
    except subprocess.TimeoutExpired:
        print(NOT_AUDITED)
        return
    try:
        packages: list[dict[str, Any]] = json.loads(run.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        if not any(sign in run.stderr for sign in _NETWORK_SIGNS):
            fail(f"pip-audit failed: {run.stderr.strip()[-500:]}")
        print(NOT_AUDITED)
        return
    report(packages)


def report(packages: list[dict[str, Any]]) -> None:
    """Print what was found; raises SystemExit where it is a vulnerability."""
    vulnerable = [
        f"{package['name']} {package['version']}: {vulnerability['id']}"
        for package in packages
        for vulnerability in package.get("vulns", [])
    ]
    skipped = sum("skip_reason" in package for package in packages)
    if vulnerable:
        fail("These packages have known vulnerabilities:\n  " + "\n  ".join(vulnerable))
    if skipped == len(packages):
        print(NOT_AUDITED)
    elif skipped:
        print(f"pip-audit: no known vulnerability; {skipped} of {len(packages)} were not audited")
    else:
        print(f"pip-audit: no known vulnerability in {len(packages)} packages")


if __name__ == "__main__":
    main()
