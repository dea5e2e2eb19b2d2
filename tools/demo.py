"""Run the whole demo: the site, its workers and Printora's sandbox, with nothing to set up."""

import os
import subprocess
import sys
import time

from env_reader import explain_refusals, read_env_file
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


def main() -> None:
    """Prepare the databases, start everything, and print the addresses."""
    started = time.monotonic()
    with explain_refusals():
        read_env_file(ROOT / ".env")
    port = port_from_environment("PORT", 8000)
    sandbox_port = port_from_environment("SANDBOX_PORT", 8001)
    require_free_ports(PORT=port, SANDBOX_PORT=sandbox_port)
    make_private(VAR)
    env = environment(
        DEBUG=os.environ.get("DEBUG") or "True", PORT=str(port), SANDBOX_PORT=str(sandbox_port)
    )
    env.setdefault("APP_URL", f"http://localhost:{port}")
    prepare(env)
    step("starting the site, its workers and the sandbox")
    urls = (f"http://127.0.0.1:{port}/healthz", f"http://127.0.0.1:{sandbox_port}/healthz")

    def announce() -> None:
        if wait_until_answering(*urls):
            seed_merch(env)
            print(welcome(port, sandbox_port, seconds=time.monotonic() - started), flush=True)

    sys.exit(run_all(procfile("Procfile.demo"), env, when_up=announce))


def prepare(env: dict[str, str]) -> None:
    """Migrate both databases and load the gallery, side by side."""
    step("preparing the databases and the gallery")
    commands = [
        [sys.executable, "-m", "tools.prepare", "dreamcanvas.settings", "seed"],
        [sys.executable, "-m", "tools.prepare", "printora_sandbox.settings"],
    ]
    # In sessions of their own: Ctrl-C reaches this process only, which then ends them quietly.
    running = [subprocess.Popen(command, env=env, start_new_session=True) for command in commands]
    try:
        exit_codes = [process.wait() for process in running]
    except KeyboardInterrupt:
        for process in running:
            process.terminate()
        raise
    if any(exit_codes):
        fail("The databases could not be prepared: the reason is printed above.")


def seed_merch(env: dict[str, str]) -> None:
    """Give the demo's creators their merch, in the sandbox only."""
    if not env.get("PRINTORA_API_URL"):
        command = [sys.executable, "manage.py", "seed_merch"]
        subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, check=False)


def welcome(port: int, sandbox_port: int, *, seconds: float) -> str:
    """Return a box with the address of everything."""
    site, sandbox = f"http://localhost:{port}", f"http://localhost:{sandbox_port}"
    return box(
        [
            f"DreamCanvas is up ({seconds:.1f} s). Ctrl-C stops all of it.",
            "",
            f"The gallery          {site}/",
            f"The dashboard        {site}/dashboard/     login: demo / demo",
            f"Printora's sandbox   {sandbox}/console/    its operator's console",
        ]
    )


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
