"""Make `.venv` and install one lock into it: `python3 tools/bootstrap.py demo|dev`.

The machine's own Python runs this file, whatever its version: the file uses only what Python 3.6
understands. An error is one plain sentence, with a non-zero exit.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
MIN_PYTHON = (3, 11)
NETWORK_SIGNS = (
    "Failed to establish",
    "NameResolutionError",
    "NewConnectionError",
    "No matching distribution",
    "ProxyError",
    "Temporary failure",
    "timed out",
)


def fail(sentence: str) -> None:
    """Stop with one plain sentence and a non-zero exit."""
    sys.exit("\n  " + sentence + "\n")


def read(path: str) -> str:
    """Return a file's text, or "" when there is none."""
    if not os.path.exists(path):
        return ""
    with open(path) as file:
        return file.read()


def require_python() -> None:
    """Stop unless this Python is one that the project runs on."""
    if sys.version_info < MIN_PYTHON:
        fail(
            "DreamCanvas needs Python %d.%d or later, and %s is Python %d.%d: install a newer one "
            "and run `make demo PYTHON=python3.12`."
            % (*MIN_PYTHON, sys.executable, *sys.version_info[:2])
        )


def make_venv() -> None:
    """Make the virtual environment, unless a working one of this Python is there."""
    script = "import sys, pip; print(sys.version_info[:2] == %r)" % (sys.version_info[:2],)
    if os.path.exists(PYTHON):
        seen = subprocess.run(
            [PYTHON, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        if seen.stdout.strip() == b"True":
            return
        shutil.rmtree(VENV)
    step("making .venv")
    made = subprocess.run(
        [sys.executable, "-m", "venv", VENV], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        fail(
            "Python's venv module does not work here: install it (on Debian and Ubuntu: "
            "`sudo apt install python3-venv`) and try again."
        )


def install(lock: str) -> None:
    """Install a lock, unless exactly this lock is installed already."""
    path = os.path.join(ROOT, "requirements", lock + ".txt")
    stamp = os.path.join(VENV, "installed-" + lock)
    digest = hashlib.sha256(read(path).encode()).hexdigest()
    if read(stamp) == digest:
        return
    step("installing requirements/%s.txt (about a minute)" % lock)
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "-r", path]
    done = subprocess.run(
        [PYTHON, "-m", "pip", "install", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    if done.returncode:
        explain(done.stderr.decode(errors="replace"))
    with open(stamp, "w") as file:
        file.write(digest)


def explain(stderr: str) -> None:
    """Stop, saying why pip failed."""
    if any(sign in stderr for sign in NETWORK_SIGNS):
        fail(
            "The package index (PyPI) cannot be reached: check the network, or pip's index "
            "settings, and run this again; what was downloaded is kept."
        )
    sys.stderr.write(stderr)
    fail("pip could not install the packages: its own message is above.")


def step(message: str) -> None:
    """Print one line of progress."""
    print("  · " + message + " …", flush=True)


def main() -> None:
    """Check Python, make the environment, and install the lock that the command line names."""
    require_python()
    started = time.time()
    make_venv()
    install(sys.argv[1])
    if time.time() - started > 2:  # seconds
        print("  · installed in %d s" % (time.time() - started), flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
