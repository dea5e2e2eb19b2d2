"""The client of Printora's API: sessions, orders and webhook logs.

HTTP itself, with deadlines and retries, is `vendor_kit/transport.py`.
"""

import atexit
import re
from functools import cache
from typing import Self

from printora_integration import conf
from vendor_kit.arguments import require_absolute, require_header_text
from vendor_kit.responses import ExchangeObserver, RateLimit
from vendor_kit.transport import HTTPTransport, Transport

from .resources.orders import Orders
from .resources.sessions import Sessions
from .resources.webhook_logs import WebhookLogs

_USER_AGENT = "printora-django/1.0"
CLICK_DEADLINE = 4.0  # seconds that a visitor's click may take in all, retries included
BACKGROUND_DEADLINE = 60.0  # seconds; the same for a background task
BACKGROUND_RESERVE = 5  # calls that background tasks leave to clicks


class PrintoraClient:
    """Printora's Partner API, resource by resource.

    `sessions`, `orders` and `webhook_logs` have one method an endpoint, and an iterator over all
    pages where there are pages; `merch.MerchClient` adds what is sold.
    `base_url` is the host; a trailing slash or `/api/v1` is accepted and dropped. `deadline` is how
    many seconds one call may take in all. With a `reserve`, a call waits for the rate limit's reset
    when no more than that many are left. `on_exchange` is called with each request and its
    response, attempts that failed included; the key is not in them. `transport` is for tests: pass
    an httpx.MockTransport.

    Every method raises a PrintoraError: TransportError when no response came, an APIError when
    Printora said no, InvalidResponseError when the response is not the JSON that we know.
    Connection errors, 429 and 502 to 504 are tried again with the same idempotency key, at most
    four attempts in all. A POST without such a key is tried again only where Printora cannot have
    carried it out: without a connection, and after 429.
    """

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str,
        deadline: float = CLICK_DEADLINE,
        reserve: int | None = None,
        on_exchange: ExchangeObserver | None = None,
        transport: HTTPTransport | None = None,
    ) -> None:
        self.base_url = re.sub(r"(/api/v1)?/*$", "", base_url.strip())
        api_key = api_key.strip()  # a key read from a file ends with a line break
        require_absolute(base_url=self.base_url)
        require_header_text(api_key=api_key)
        self.transport = Transport(
            vendor="Printora",
            base_url=self.base_url,
            path_prefix="/api/v1/",
            headers={"Authorization": f"Bearer {api_key}", "User-Agent": _USER_AGENT},
            deadline=deadline,
            reserve=reserve,
            on_exchange=on_exchange,
            transport=transport,
        )
        self.sessions = Sessions(self.transport)
        self.orders = Orders(self.transport)
        self.webhook_logs = WebhookLogs(self.transport)

    @classmethod
    def from_settings(
        cls,
        *,
        deadline: float = CLICK_DEADLINE,
        reserve: int | None = None,
        on_exchange: ExchangeObserver | None = None,
    ) -> Self:
        """Return a client of the settings for one use; close it afterwards."""
        return cls(
            base_url=conf.api_url(),
            api_key=conf.api_key(),
            deadline=deadline,
            reserve=reserve,
            on_exchange=on_exchange,
        )

    @classmethod
    def for_process(cls, *, deadline: float, reserve: int | None = None) -> Self:
        """Return a client of the settings that is closed when the process ends."""
        client = cls.from_settings(deadline=deadline, reserve=reserve)
        atexit.register(client.close)
        return client

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self.base_url!r})"

    @property
    def rate_limit(self) -> RateLimit | None:
        """Return what the last response said of the rate limit, or None before one did."""
        return self.transport.rate_limit

    @property
    def clock_skew(self) -> float | None:
        """Return by how many seconds our clock was ahead of the last response's, or None."""
        return self.transport.clock_skew

    def ping(self) -> None:
        """Return once Printora gives any response; raises TransportError when none comes."""
        self.transport.ping()

    def close(self) -> None:
        """Close the pooled connections."""
        self.transport.close()


@cache
def get_client() -> PrintoraClient:
    """Return this process's client for visitors' clicks, made on first use and closed at exit."""
    return PrintoraClient.for_process(deadline=CLICK_DEADLINE)


@cache
def get_background_client() -> PrintoraClient:
    """Return this process's client for background tasks: it waits, and leaves calls to clicks.

    One call may wait a minute for the rate limit's reset and take another. Never call it while a
    visitor waits.
    """
    return PrintoraClient.for_process(deadline=BACKGROUND_DEADLINE, reserve=BACKGROUND_RESERVE)
