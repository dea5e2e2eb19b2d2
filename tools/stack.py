"""Run the production shape on one machine: the Procfile on embedded PostgreSQL and Redis.

DEBUG is off, static files are collected and hashed, and every secret is made once and stored in
`var/stack/secrets.json`. The sandbox takes the place of Printora.
"""

import json
import secrets
import subprocess
import sys

from tools import engines
from tools.private_files import make_private
from tools.processes import (
    ROOT,
    VAR,
    box,
    environment,
    fail,
    port_from_environment,
    procfile,
    require_free_ports,
    run_all,
    step,
    wait_until_answering,
)

FOLDER = VAR / "stack"
SETUP = (
    # The PostgreSQL server is this folder's own, so an outdated schema in it may be renamed.
    ("-m", "tools.prepare", "dreamcanvas.settings", "--rename-schema"),
    ("-m", "tools.prepare", "printora_sandbox.settings"),
    ("manage.py", "collectstatic", "--noinput", "--verbosity", "0"),
    ("manage.py", "seed"),
)


def main() -> None:
    """Start the engines, prepare the site, and run every process until Ctrl-C."""
    port, sandbox_port = (
        port_from_environment("PORT", 8000),
        port_from_environment("SANDBOX_PORT", 8001),
    )
    require_free_ports(PORT=port, SANDBOX_PORT=sandbox_port)
    make_private(VAR)
    FOLDER.mkdir(exist_ok=True)
    step("starting PostgreSQL and Redis")
    with (
        engines.postgres(FOLDER / "postgres") as database,
        engines.redis(FOLDER / "redis") as redis,
    ):
        stored = stored_secrets()
        env = environment(
            DEBUG="False",
            DATABASE_URL=database,
            REDIS_URL=redis,
            PORT=str(port),
            SANDBOX_PORT=str(sandbox_port),
            APP_URL=f"http://localhost:{port}",
            ALLOWED_HOSTS="localhost,127.0.0.1",
            PRINTORA_API_URL=f"http://localhost:{sandbox_port}",
            PRINTORA_REDIRECT_HOSTS=f"http://localhost:{sandbox_port}",
            EMAIL_URL=f"filemail:///{FOLDER / 'mail'}",  # no mail leaves the machine
            SANDBOX_DATABASE_URL=f"sqlite:///{FOLDER / 'sandbox.sqlite3'}",
            **stored,
        )
        prepare(env)
        processes = procfile("Procfile") | {"sandbox": procfile("Procfile.demo")["sandbox"]}
        urls = [f"http://127.0.0.1:{number}/healthz" for number in (port, sandbox_port)]

        def announce() -> None:
            if wait_until_answering(*urls):
                print(welcome(port, sandbox_port, stored["DJANGO_SUPERUSER_PASSWORD"]), flush=True)

        code = run_all(processes, env, when_up=announce)
    sys.exit(code)


def stored_secrets() -> dict[str, str]:
    """Return this machine's own secrets, made on the first run."""
    path = FOLDER / "secrets.json"
    if not path.exists():
        made = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "PRINTORA_API_KEY": f"sk_test_{secrets.token_hex(16)}",
            "PRINTORA_WEBHOOK_SECRET": f"whsec_{secrets.token_hex(24)}",
            "DJANGO_SUPERUSER_PASSWORD": secrets.token_urlsafe(12),
        }
        path.touch(mode=0o600)
        path.write_text(json.dumps(made, indent=2))
    path.chmod(0o600)  # an older one may be open to others
    stored: dict[str, str] = json.loads(path.read_text())
    return stored


def prepare(env: dict[str, str]) -> None:
    """Migrate, load the gallery, collect the static files, and make the staff login."""
    step("preparing the databases and the static files")
    for command in SETUP:
        if subprocess.run([sys.executable, *command], cwd=ROOT, env=env).returncode:
            fail(f"`{' '.join(command)}` failed: the reason is printed above.")
    # This fails when the login exists already, and then nothing is left to do.
    login = ("createsuperuser", "--noinput", "--username", "staff", "--email", "staff@localhost")
    subprocess.run(
        [sys.executable, "manage.py", *login], cwd=ROOT, env=env, stderr=subprocess.DEVNULL
    )


def welcome(port: int, sandbox_port: int, password: str) -> str:
    """Return a box with the address of everything."""
    return box(
        [
            "DreamCanvas is up, in its production shape. Ctrl-C stops all of it.",
            "",
            f"The gallery          http://localhost:{port}/",
            f"The dashboard        http://localhost:{port}/dashboard/   login: staff / {password}",
            f"Printora's sandbox   http://localhost:{sandbox_port}/console/",
        ]
    )


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
