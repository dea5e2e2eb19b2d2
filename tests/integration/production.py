"""The environment of a deployment, Python started in it, and what the doctor finds there."""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping

from printora_integration.doctor import Finding
from tests.helpers import ROOT

KEY, SECRET, PASSWORD = "sk_live_51N8zQ2eZvKYlo2C", "whsec_7f3a9c1e5b2d", "hunter2"
PRODUCTION = {
    "DEBUG": "False",
    "SECRET_KEY": "k" * 50 + "0123456789",
    "APP_URL": "https://gallery.example.com",
    "DATABASE_URL": f"postgres://gallery:{PASSWORD}@127.0.0.1:1/gallery",
    "REDIS_URL": f"redis://:{PASSWORD}@127.0.0.1:1/0",
    "PRINTORA_API_KEY": KEY,
    "PRINTORA_WEBHOOK_SECRET": SECRET,
    "PRINTORA_API_URL": "https://api.printora.ai",
}
_OURS = ("PRINTORA_", "DJANGO_", "ALLOWED_")


def start(*command: str, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Python with these settings, and with none of the developer's own."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in PRODUCTION and not name.startswith(_OURS) and "proxy" not in name.lower()
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=inherited | dict(env),
        capture_output=True,
        text=True,
        check=False,
    )


def levels(findings: Iterable[Finding]) -> list[str]:
    """Return the level of each finding."""
    return [str(finding.level) for finding in findings]
