"""Run the whole suite: on SQLite, again on PostgreSQL, and in a browser, against real services."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from tools import browser, engines

# The suite must not inherit the developer's own settings.
OWN_SETTINGS = ("DATABASE_URL", "REDIS_URL", "APP_URL", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS")


def main() -> None:
    """Run the three parts, two at a time, and exit with the first failure's code."""
    started = time.monotonic()
    chromium = browser.find_or_install()
    with (
        engines.postgres_from_environment() as postgres,
        engines.redis_from_environment() as redis,
        ThreadPoolExecutor(2) as pool,
    ):
        env = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
        env = {n: v for n, v in env.items() if not n.startswith(("PRINTORA_", "SANDBOX_"))}
        env |= {"TEST_REDIS_URL": redis, "CHROMIUM": chromium}
        # A Redis database of its own, or the workers of one part would take the other's tasks.
        another = urlsplit(redis)._replace(path="/1").geturl()
        on_postgres = env | {"DATABASE_URL": postgres, "TEST_REDIS_URL": another}
        # The longest first, so that the others fit beside it.
        running = {
            "on SQLite": pool.submit(run, "not browser", env),
            "in Chromium": pool.submit(run, "browser", env),
            "on PostgreSQL": pool.submit(run, "not browser and not one_database", on_postgres),
        }
        parts = {name: part.result() for name, part in running.items()}
    for part, code in parts.items():
        print(f"{part:<15} {'passed' if code == 0 else 'FAILED'}")
    print(f"make test took {time.monotonic() - started:.0f} s")
    sys.exit(next((code for code in parts.values() if code), 0))


def run(marks: str, env: dict[str, str]) -> int:
    """Run pytest, print its whole output when it is done, and return its exit code."""
    command = [sys.executable, "-m", "pytest", "-m", marks, *sys.argv[1:]]
    print(f"=== pytest -m '{marks}' …", flush=True)
    done = subprocess.run(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    print(f"\n=== pytest -m '{marks}'\n{done.stdout}", flush=True)
    return done.returncode


if __name__ == "__main__":
    main()
