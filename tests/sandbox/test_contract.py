"""Schemathesis reads the sandbox's OpenAPI document and calls everything in it, valid and not.

Every check is on: no 5xx, no undocumented status, header or body, nothing invalid accepted, nothing
valid refused, nothing answered without a key, nothing alive after its deletion. The examples are
the same on every run. To look harder, say how many for each operation:

    CONTRACT_EXAMPLES=500 python -m pytest tests/sandbox/test_contract.py -s
"""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.sandbox.shop import Shop
from tests.sandbox.visitor import Visitor
from tests.sandbox_process import ROOT, SandboxProcess

pytestmark = pytest.mark.one_database

EXAMPLES = os.environ.get("CONTRACT_EXAMPLES", "5")
_RUN = "from schemathesis.cli import schemathesis; schemathesis()"
_METHODS = {"get", "post", "put", "delete"}


def test_every_operation_keeps_its_contract(sandbox: SandboxProcess, tmp_path: Path) -> None:
    with SandboxProcess(webhook_url=sandbox.webhook_url) as process:
        _live_a_little(process)
        result = _schemathesis(process, tmp_path)
        log = process.log
    assert result.returncode == 0, result.stdout[-20_000:] + result.stderr
    assert "Traceback" not in log
    assert "ERROR" not in log


def _live_a_little(sandbox: SandboxProcess) -> None:
    """Leave orders, webhook logs and merch behind, so that lists hold rows and ids lead on."""
    shop = Shop(sandbox)
    Visitor(shop.opened()).pay()
    shop.merch(stockLimit=3)


def _schemathesis(sandbox: SandboxProcess, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [
            *(sys.executable, "-c", _RUN),
            *("--config-file", str(ROOT / "tests/data/schemathesis.toml")),
            *("run", f"{sandbox.url}/api/openapi.json"),
            *("--checks", "all", "--phases", "examples,coverage,fuzzing,stateful"),
            *("--max-examples", EXAMPLES, "--generation-deterministic"),
            *("--continue-on-failure", "--no-color"),
            *("--header", f"Authorization: Bearer {sandbox.api_key}"),
        ],
        cwd=folder,  # it may write reports where it stands
        env={**os.environ, "COLUMNS": "120", "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_every_operation_documents_its_refusals_and_headers(sandbox: SandboxProcess) -> None:
    document = httpx.get(f"{sandbox.url}/api/openapi.json", trust_env=False).json()
    for path, operations in document["paths"].items():
        for method in operations.keys() & _METHODS:
            told = operations[method]["responses"]
            needs_key = "/by-token/" not in path
            assert set(told) >= ({"401", "429", "500"} if needs_key else {"404", "429", "500"})
            assert "Retry-After" in told["429"]["headers"]
            assert all("X-RateLimit-Reset" in response["headers"] for response in told.values()), (
                path
            )
            owned = "{creator_id}" in path or path.endswith("/partner-session")
            assert not owned or "403" in told, path


def test_docs_page_shows_the_document_with_assets_of_its_own(sandbox: SandboxProcess) -> None:
    with httpx.Client(base_url=sandbox.url, trust_env=False) as http:
        page = http.get("/api/docs")
        assert page.status_code == 200
        assert "/api/openapi.json" in page.text
        assets = [part.split('"')[0] for part in page.text.split('"/static/')[1:]]
        assert assets
        assert {http.get(f"/static/{asset}").status_code for asset in assets} == {200}
