"""A Printora that makes sessions, and a visitor's click that starts one."""

import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from printora_integration.client import PrintChoice, UserData
from printora_integration.models import PrintSession, WebhookEvent
from printora_integration.print_sessions.refresh import refresh_sessions
from printora_integration.print_sessions.start import start_print_session
from tests.integration.printora import Handler, Printora, client_for

LINK = "https://printora.ai/en/print/tok_1"
NOON = datetime(2026, 2, 27, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class SessionVendor:
    """An API that makes one session an idempotency key, and answers 409 when the key comes again.

    `data` is added to each session; the next `failures` responses to a POST are lost. A GET says
    that the session has this `status`, or answers with a number as HTTP status; 0 is no response.
    `before` is called as each request arrives.
    """

    def __init__(self, *, link: object = LINK, session_id: str | None = None, **data: Any) -> None:
        self.link = link
        self.session_id = session_id
        self.data = data
        self.failures = 0
        self.status: int | str = 404
        self.keys: list[str] = []
        self.bodies: list[dict[str, Any]] = []
        self.before: Callable[[], None] = lambda: None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.before()
        return self._read(request) if request.method == "GET" else self._create(request)

    def _create(self, request: httpx.Request) -> httpx.Response:
        key = request.headers["idempotency-key"]
        status = 409 if key in self.keys else 201
        self.keys.append(key)
        self.bodies.append(json.loads(request.content))
        if self.failures:
            self.failures -= 1
            raise httpx.ReadTimeout("the response was lost", request=request)
        session_id = self.session_id or str(uuid.uuid5(uuid.NAMESPACE_URL, key))
        data = {"sessionId": session_id, "redirectUrl": self.link} | self.data
        body = json.dumps({"success": True, "data": data})  # ASCII: UTF-8 cannot hold every link
        return httpx.Response(status, content=body.encode())

    def _read(self, request: httpx.Request) -> httpx.Response:
        if self.status == 0:
            raise httpx.ReadTimeout("no response", request=request)
        if isinstance(self.status, int):
            return httpx.Response(self.status, json={"error": {"code": "NO", "message": "No."}})
        data = {"sessionId": request.url.path.rsplit("/", 1)[1], "status": self.status}
        return httpx.Response(200, json={"success": True, "data": data})


def click(
    vendor: SessionVendor,
    *,
    visitor: str = "v1",
    reference: str = "dune",
    title: str = "Dune",
    back_url: str = "/art/dune/",
    picture_url: str = "",
    user_data: UserData | None = None,
    **choice: Any,
) -> PrintSession:
    """Start a session; `choice` is a PrintChoice's arguments, the reference's picture unless given.

    There is time for one attempt: what is tested is a visitor's second one.
    """
    picture = {"image_url": f"http://localhost:8000/static/art/{reference}.jpg"}
    return start_print_session(
        PrintChoice(**(choice or picture)),
        visitor=visitor,
        reference=reference,
        title=title,
        back_url=back_url,
        picture_url=picture_url,
        user_data=user_data,
        client=client_for(vendor, deadline=0.3),
    )


def store_event(event: str, *, session_id: str = "sess_1") -> None:
    """Store an event without processing it."""
    WebhookEvent.objects.create(session_id=session_id, event=event, occurred_at=NOON, body="{}")


def aged_session(
    status: str = PrintSession.Status.PENDING, *, age: timedelta, **columns: Any
) -> PrintSession:
    """Store a session that was made so long ago."""
    row = PrintSession.objects.create(
        visitor=uuid.uuid4().hex,
        reference="dune",
        title="Dune",
        status=status,
        session_id=uuid.uuid4().hex,
        **columns,
    )
    PrintSession.objects.filter(pk=row.pk).update(created_at=datetime.now(UTC) - age)
    row.refresh_from_db()
    return row


def session_with_status(status: str | None, **data: Any) -> Printora:
    """Return a Printora that says that every session has this status."""
    return Printora({"success": True, "data": {"sessionId": "s1", "status": status} | data})


def status_after_refresh(row: PrintSession, handler: Handler) -> str:
    """Refresh what is due, and return the status of this session then."""
    refresh_sessions(client=client_for(handler))
    row.refresh_from_db()
    return row.status
