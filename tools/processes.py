"""Run a Procfile's processes under honcho, and wait until they answer."""

import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from honcho.environ import parse_procfile
from honcho.manager import Manager

from env_reader import Environment, explain_refusals

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
START_TIMEOUT = 60  # seconds


def step(message: str) -> None:
    """Print one line of progress."""
    print(f"  · {message} …", flush=True)


def print_note(sentence: str) -> None:
    """Print one thing that happened on the way."""
    print(f"  · {sentence}.", flush=True)


def fail(sentence: str) -> None:
    """Stop with one plain sentence and a non-zero exit."""
    sys.exit(f"\n  {sentence}\n")


def port_from_environment(name: str, default: int) -> int:
    """Return a port from the environment, or stop with a sentence that names the setting."""
    with explain_refusals():
        return Environment(ROOT).port(name, default)


def require_free_ports(**ports: int) -> None:
    """Stop with a sentence when one of these ports is in use, or two of them are the same."""
    if len(set(ports.values())) < len(ports):
        fail(f"{' and '.join(ports)} must be two different ports.")
    for setting, port in ports.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                fail(
                    f"Port {port} is in use: stop the program that listens there, or choose "
                    f"another port, as in `make demo {setting}={port + 1000}`."
                )


def run_all(processes: dict[str, str], env: dict[str, str], *, when_up: Callable[[], None]) -> int:
    """Run the processes until one ends or Ctrl-C, and return the exit code.

    `when_up` is called in a thread of its own, beside the running processes.
    """
    manager = Manager()
    for name, command in processes.items():
        manager.add_process(name, command, env=env, cwd=str(ROOT))
    threading.Thread(target=when_up, daemon=True).start()
    manager.loop()
    stopped_by_hand = manager.returncode in {130, 143}
    return 0 if stopped_by_hand else (manager.returncode or 1)


def procfile(name: str) -> dict[str, str]:
    """Return the processes of a Procfile: name to shell command."""
    return dict(parse_procfile((ROOT / name).read_text()).processes)


def wait_until_answering(*urls: str) -> bool:
    """Return True once every address answers, False when one has not within a minute."""
    deadline = time.monotonic() + START_TIMEOUT
    return all(_wait_for(url, deadline) for url in urls)


def _wait_for(url: str, deadline: float) -> bool:
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def environment(**extra: str) -> dict[str, str]:
    """Return this process's environment, with `.venv/bin` first and output unbuffered."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return os.environ | {"PATH": path, "PYTHONUNBUFFERED": "1"} | extra


def box(lines: list[str]) -> str:
    """Draw lines in a box."""
    width = max(map(len, lines))
    edge = "─" * (width + 4)
    rows = [f"│  {line:<{width}}  │" for line in lines]
    return "\n".join(["", f"┌{edge}┐", *rows, f"└{edge}┘", ""])
