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
    if is_usable():
        return
    step("making .venv")
    remove_venv()
    made = subprocess.run(
        [sys.executable, "-m", "venv", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if made.returncode:
        remove_venv()
        explain_disk(made.stdout.decode(errors="replace"))
        fail(
            "Python's venv module does not work here: install it (on Debian and Ubuntu: "
            "`sudo apt install python3-venv`) and try again."
        )


def is_usable() -> bool:
    """Return whether `.venv` has this Python's version, a pip, and scripts that find both.

    An interrupted start leaves no pip; another machine's Python does not run here; a folder that
    was moved has scripts that name its former place.
    """
    script = "import sys, pip; print(sys.version_info[:2] == %r)" % (sys.version_info[:2],)
    try:
        seen = subprocess.run(
            [PYTHON, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        first_lines = read(os.path.join(VENV, "bin", "pip"))[:500]
    except (OSError, ValueError):  # ValueError: a script that is not text
        return False
    places = [os.path.join(place, "bin") + os.sep for place in (VENV, os.path.realpath(VENV))]
    return seen.stdout.strip() == b"True" and any(place in first_lines for place in places)


def remove_venv() -> None:
    """Remove `.venv`, whatever it is; what a symbolic link leads to stays."""
    try:
        if os.path.isdir(VENV) and not os.path.islink(VENV):
            shutil.rmtree(VENV)
        elif os.path.lexists(VENV):
            os.remove(VENV)
    except OSError as error:
        fail(
            "%s cannot be removed (%s): remove it by hand, and try again." % (VENV, error.strerror)
        )


def install(lock: str) -> None:
    """Install a lock, unless exactly this lock is installed already."""
    stamp = stamp_of(lock)
    if read(stamp) == digest_of(lock):
        return
    step("installing requirements/%s.txt (about a minute)" % lock)
    # If pip is killed half-way, or another lock's packages change, no stamp may say otherwise.
    for name in os.listdir(VENV):
        if name.startswith("installed-"):
            other = name[len("installed-") :]
            if other == lock or read(stamp_of(other)) != digest_of(other):
                os.remove(stamp_of(other))
    path = os.path.join(ROOT, "requirements", lock + ".txt")
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "-r", path]
    done = subprocess.run(
        [PYTHON, "-m", "pip", "install", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    if done.returncode:
        explain(done.stderr.decode(errors="replace"))
    with open(stamp, "w") as file:
        file.write(digest_of(lock))


def stamp_of(lock: str) -> str:
    """Return the path of the file that says which version of a lock is installed."""
    return os.path.join(VENV, "installed-" + lock)


def digest_of(lock: str) -> str:
    """Return the digest of a lock file."""
    text = read(os.path.join(ROOT, "requirements", lock + ".txt"))
    return hashlib.sha256(text.encode()).hexdigest()


def explain(stderr: str) -> None:
    """Stop, saying why pip failed."""
    explain_disk(stderr)
    if any(sign in stderr for sign in NETWORK_SIGNS):
        fail(
            "The package index (PyPI) cannot be reached: check the network, or pip's index "
            "settings, and run this again; what was downloaded is kept."
        )
    sys.stderr.write(stderr)
    fail("pip could not install the packages: its own message is above.")


def explain_disk(output: str) -> None:
    """Stop when a program could not write: because of the disk, or of its rights."""
    if "No space left on device" in output:
        fail("The disk is full: the packages need about 1 GB. Make room, and run this again.")
    if "Permission denied" in output or "Read-only file system" in output:
        fail("%s cannot be written: check who owns it and its folder, and run this again." % VENV)


def step(message: str) -> None:
    """Print one line of progress."""
    print("  · " + message + " …", flush=True)


def main() -> None:
    """Check Python, make the environment, and install the lock that the command line names."""
    require_python()
    started = time.time()
    try:
        make_venv()
        install(sys.argv[1])
    except OSError as error:
        explain_disk(str(error))
        fail("The virtual environment could not be made: %s." % error)
    if time.time() - started > 2:  # seconds
        print("  · installed in %d s" % (time.time() - started), flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
