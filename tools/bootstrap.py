"""Make `.venv` and install one lock into it: `python3 tools/bootstrap.py demo|dev`.

Run by the machine's own Python, whichever it is, so this file says nothing that Python 3.6 could
not read. What goes wrong is said in one plain sentence, with a non-zero exit.
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
OLDEST = (3, 11)


def fail(sentence):
    sys.exit("\n  " + sentence + "\n")


def read(path):
    if not os.path.exists(path):
        return ""
    with open(path) as file:
        return file.read()


def require_python():
    if sys.version_info < OLDEST:
        fail(
            "DreamCanvas needs Python %d.%d or later, and %s is Python %d.%d: install a newer one and "
            "run `make demo PYTHON=python3.12`." % (OLDEST + (sys.executable,) + sys.version_info[:2])
        )


def make_venv():
    """Make the virtual environment, unless a working one of this Python is there."""
    check = [PYTHON, "-c", "import sys, pip; print(sys.version_info[:2] == %r)" % (sys.version_info[:2],)]
    if os.path.exists(PYTHON):
        seen = subprocess.run(check, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if seen.stdout.strip() == b"True":
            return
        shutil.rmtree(VENV)
    step("making .venv")
    made = subprocess.run([sys.executable, "-m", "venv", VENV], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        fail(
            "Python's venv module does not work here: install it (on Debian and Ubuntu: "
            "`sudo apt install python3-venv`) and try again."
        )


def install(lock):
    """Install a lock, unless it was the last thing installed."""
    path = os.path.join(ROOT, "requirements", lock + ".txt")
    stamp = os.path.join(VENV, "installed-" + lock)
    digest = hashlib.sha256(read(path).encode()).hexdigest()
    if read(stamp) == digest:
        return
    step("installing requirements/%s.txt (about a minute)" % lock)
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", path]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode:
        explain(done.stderr.decode(errors="replace"))
    with open(stamp, "w") as file:
        file.write(digest)


def explain(stderr):
    signs = ("NewConnectionError", "Failed to establish", "Temporary failure", "No matching distribution", "ProxyError", "timed out", "NameResolutionError")
    if any(sign in stderr for sign in signs):
        fail(
            "The package index (PyPI) cannot be reached: check the network, or pip's index "
            "settings, and run this again; what was downloaded is kept."
        )
    sys.stderr.write(stderr)
    fail("pip could not install the packages: its own words are above.")


def step(words):
    print("  · " + words + " …", flush=True)


def main():
    require_python()
    started = time.time()
    make_venv()
    install(sys.argv[1])
    if time.time() - started > 2:
        print("  · installed in %d s" % (time.time() - started), flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
