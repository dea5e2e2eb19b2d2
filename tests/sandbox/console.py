"""A client of the sandbox's console."""

from typing import Any

import httpx

from tests.sandbox.visitor import Api, Visitor
from tests.sandbox_process import SandboxProcess

OFF = {
    "latencyMs": 0,
    "errorPercent": 0,
    "rateLimitPercent": 0,
    "lostReplyPercent": 0,
    "webhookCopies": 0,
    "webhookDelayMs": 0,
    "webhookShuffleMs": 0,
    "webhookDropPercent": 0,
    "webhookBadSignaturePercent": 0,
    "snakeCase": False,
    "unknownEvents": False,
    "extraFields": False,
}


class Console:
    """A client of the console, for a sandbox that no other test uses at the same time."""

    def __init__(self, sandbox: SandboxProcess) -> None:
        self.sandbox = sandbox
        self.api = Api(sandbox)

    def get(self) -> Any:
        return self.api.http.get("/console/api/faults").json()["data"]

    def put(self, **faults: Any) -> httpx.Response:
        return self.api.http.put("/console/api/faults", json=faults)

    def visitor(self) -> Visitor:
        return Visitor(self.api.opened())

    def log_of(self, visitor: Visitor, status: str) -> dict[str, Any]:
        """Wait until a webhook of this visitor has this status."""
        query = {"status": status, "limit": 100}
        for _ in range(300):
            logs = self.api.get("/partners/webhook-logs", params=query).json()["data"]["logs"]
            for log in logs:
                if log["partnershipHistoryId"] == visitor.opened.id:
                    found: dict[str, Any] = log
                    return found
        raise AssertionError(status)
