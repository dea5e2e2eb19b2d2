"""A partner that creates sessions and a visitor that uses them, both over HTTP."""

import uuid
from dataclasses import dataclass
from typing import Any

import httpx

from tests.sandbox_process import SandboxProcess

ADDRESS = {
    "email": "jose@example.com",
    "first_name": "José",
    "last_name": "Ångström",
    "phone": "+1 503 555 0100",
    "street": "12 Pine Street",
    "apartment": "4B",
    "city": "Portland",
    "state": "OR",
    "zip_code": "97205",
    "country": "US",
}
CHOICE = {"product": "t-shirt", "colour": "navy", "size": "m", "quantity": "1"}

# No open connections, so that a test has no client to close.
NO_POOL = httpx.Limits(max_keepalive_connections=0)


@dataclass(frozen=True)
class Opened:
    """A new session, in the partner's view."""

    id: str
    url: str
    token: str


def session_body(**changes: Any) -> dict[str, Any]:
    """Return a valid body for "Create Session", with changes."""
    return {
        "imageUrl": "http://localhost:8000/media/picture.jpg",
        "successUrl": "http://localhost:8000/callback/success/?from=print",
        "failedUrl": "http://localhost:8000/callback/failed/",
        **changes,
    }


class Api:
    """A client of the vendor's API with a partner's key."""

    def __init__(self, sandbox: SandboxProcess) -> None:
        self.http = httpx.Client(
            base_url=sandbox.url,
            headers={"Authorization": f"Bearer {sandbox.api_key}"},
            trust_env=False,
            timeout=20,
            limits=NO_POOL,
        )

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.http.get(f"/api/v1{path}", **options)

    def create(self, key: str | None = None, **changes: Any) -> httpx.Response:
        return self.http.post(
            "/api/v1/partner-session",
            json=session_body(**changes),
            headers={"Idempotency-Key": key or str(uuid.uuid4())},
        )

    def opened(self, **changes: Any) -> Opened:
        """Create a session and return it."""
        data = self.create(**changes).json()["data"]
        url = data["redirectUrl"]
        return Opened(data["sessionId"], url, url.rsplit("/", 1)[1])

    def status(self, opened: Opened) -> str:
        """Return the session's status."""
        status: str = self.get(f"/partner-session/{opened.id}").json()["data"]["status"]
        return status


class Visitor:
    """A browser without JavaScript; it has cookies and follows no redirects."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.http = httpx.Client(trust_env=False, timeout=20, limits=NO_POOL)

    def look(self, path: str = "", **query: str) -> httpx.Response:
        return self.http.get(self.opened.url + path, params=query)

    def post(self, url: str, **fields: str) -> httpx.Response:
        """Send a form with the CSRF token of its page."""
        token = self.http.cookies.get("sandbox_csrf", "")
        return self.http.post(url, data={"csrfmiddlewaretoken": token, **fields})

    def order(self, **changes: str) -> httpx.Response:
        """Fill in the checkout and place the order."""
        self.look("/checkout", **CHOICE)
        return self.post(f"{self.opened.url}/checkout", **{**CHOICE, **ADDRESS, **changes})

    def leave(self) -> httpx.Response:
        self.look()
        return self.post(f"{self.opened.url}/cancel")

    def payment_page(self, **changes: str) -> str:
        """Place the order and return the URL of its payment page."""
        url: str = self.order(**changes).headers["location"]
        self.http.get(url)
        return url

    def pay(self, method: str = "stripe") -> httpx.Response:
        return self.post(self.payment_page(), pay=method)
