"""Run the whole suite: on SQLite, again on PostgreSQL, and in a browser, against real services."""

import os
import subprocess
import sys
import time

from tools import browser, engines

# What the suite must not inherit: the developer's own settings.
OURS = ("DATABASE_URL", "REDIS_URL", "APP_URL", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS")


def main() -> None:
    """Run the three parts, and exit with the first failure's code."""
    started = time.monotonic()
    chromium = browser.find_or_install()
    with (
        engines.postgres_from_environment() as postgres,
        engines.redis_from_environment() as redis,
    ):
        env = {name: value for name, value in os.environ.items() if name not in OURS}
        env = {n: v for n, v in env.items() if not n.startswith(("PRINTORA_", "SANDBOX_"))}
        env |= {"TEST_POSTGRES_URL": postgres, "TEST_REDIS_URL": redis, "CHROMIUM": chromium}
        parts = {
            "on SQLite": run(["-m", "not browser"], env),
            "on PostgreSQL": run(
                ["-m", "not browser and not one_database"], env | {"DATABASE_URL": postgres}
            ),
            "in Chromium": run(["-m", "browser"], env),
        }
    for part, code in parts.items():
        print(f"{part:<15} {'passed' if code == 0 else 'FAILED'}")
    print(f"make test took {time.monotonic() - started:.0f} s")
    sys.exit(next((code for code in parts.values() if code), 0))


def run(arguments: list[str], env: dict[str, str]) -> int:
    """Run pytest with its own output, and return its exit code."""
    print(f"\n=== pytest {' '.join(arguments)}", flush=True)
    command = [sys.executable, "-m", "pytest", *arguments, *sys.argv[1:]]
    return subprocess.run(command, env=env).returncode


if __name__ == "__main__":
    main()
