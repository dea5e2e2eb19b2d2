"""Schemathesis reads the sandbox's OpenAPI document and calls every operation in it.

It sends valid and invalid requests, and every check is on: no 5xx; no undocumented status, header
or body; invalid data is refused and valid data accepted; no call works without a key, and no
deleted object exists. The examples are the same on every run. For a longer run, set the number of
examples for each operation:

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
_RUN_SCHEMATHESIS = "from schemathesis.cli import schemathesis; schemathesis()"
_METHODS = {"get", "post", "put", "delete"}


def test_every_operation_keeps_its_contract(sandbox: SandboxProcess, tmp_path: Path) -> None:
    with SandboxProcess(webhook_url=sandbox.webhook_url) as process:
        _create_data(process)
        result = _schemathesis(process, tmp_path)
        log = process.log
    assert result.returncode == 0, result.stdout[-20_000:] + result.stderr
    assert "Traceback" not in log
    assert "ERROR" not in log


def _create_data(sandbox: SandboxProcess) -> None:
    """Create orders, webhook logs and merch, so that lists have rows and ids exist."""
    shop = Shop(sandbox)
    Visitor(shop.opened()).pay()
    shop.merch(stockLimit=3)


def _schemathesis(sandbox: SandboxProcess, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [
            *(sys.executable, "-c", _RUN_SCHEMATHESIS),
            *("--config-file", str(ROOT / "tests/data/schemathesis.toml")),
            *("run", f"{sandbox.url}/api/openapi.json"),
            *("--checks", "all", "--phases", "examples,coverage,fuzzing,stateful"),
            *("--max-examples", EXAMPLES, "--generation-deterministic"),
            *("--continue-on-failure", "--no-color"),
            *("--header", f"Authorization: Bearer {sandbox.api_key}"),
        ],
        cwd=folder,  # it may write reports into its working directory
        env={**os.environ, "COLUMNS": "120", "NO_PROXY": "*"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_every_operation_documents_its_errors_and_headers(sandbox: SandboxProcess) -> None:
    document = httpx.get(f"{sandbox.url}/api/openapi.json", trust_env=False).json()
    for path, operations in document["paths"].items():
        for method in operations.keys() & _METHODS:
            responses = operations[method]["responses"]
            needs_key = "/by-token/" not in path
            assert set(responses) >= ({"401", "429", "500"} if needs_key else {"404", "429", "500"})
            assert "Retry-After" in responses["429"]["headers"]
            assert all("X-RateLimit-Reset" in each["headers"] for each in responses.values()), path
            may_be_forbidden = "{creator_id}" in path or path.endswith("/partner-session")
            assert not may_be_forbidden or "403" in responses, path


def test_docs_page_shows_the_document_with_local_assets(sandbox: SandboxProcess) -> None:
    with httpx.Client(base_url=sandbox.url, trust_env=False) as http:
        page = http.get("/api/docs")
        assert page.status_code == 200
        assert "/api/openapi.json" in page.text
        assets = [part.split('"')[0] for part in page.text.split('"/static/')[1:]]
        assert assets
        assert {http.get(f"/static/{asset}").status_code for asset in assets} == {200}
