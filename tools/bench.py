"""Measure how fast the site takes webhooks, as ratios within one run on one machine.

Kinds of request alternate for three rounds over 16 connections, and the medians count: the bare
framework (`/healthz`), a webhook refused at its signature (no database), a new event of a new order
(verify, parse, one transaction on PostgreSQL, response), the four events of an order's life, and a
duplicate. Rates of different machines cannot be compared; the ratios can.
"""

import hashlib
import hmac
import http.client
import json
import os
import secrets
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from itertools import repeat

from tools import engines
from tools.processes import environment, procfile, wait_until_answering

CONNECTIONS = 16
CLIENT_PROCESSES = 2
SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))  # of each measurement
ROUNDS = 3
SECRET = f"whsec_{secrets.token_hex(16)}"
WEBHOOK = "/webhooks/printora/"
HEADERS = {"Content-Type": "application/json", "User-Agent": "Printora-Webhook/1.0"}


@dataclass(frozen=True)
class Request:
    """One request, ready to send, and the status that it expects."""

    method: str
    path: str
    expected: HTTPStatus
    body: bytes = b""
    signature: str = ""


def healthz() -> Iterator[Request]:
    """Return the cheapest request that the site answers, without end."""
    return repeat(Request("GET", "/healthz", HTTPStatus.OK))


def refused_webhooks() -> Iterator[Request]:
    """Return a webhook of about 1 KB with a wrong signature, without end."""
    body = event_body("order.paid", uuid.uuid4())
    return repeat(Request("POST", WEBHOOK, HTTPStatus.UNAUTHORIZED, body, "sha256=" + "0" * 64))


def new_webhooks() -> Iterator[Request]:
    """Yield webhooks, each of a new order."""
    while True:
        yield signed_webhook("order.paid", uuid.uuid4())


def order_lives() -> Iterator[Request]:
    """Yield the four events of one order after another."""
    while True:
        session = uuid.uuid4()
        for event in ("order.created", "order.paid", "order.shipped", "order.delivered"):
            yield signed_webhook(event, session)


def duplicates() -> Iterator[Request]:
    """Return one and the same webhook, without end."""
    return repeat(signed_webhook("order.paid", uuid.uuid4()))


def signed_webhook(event: str, session: uuid.UUID) -> Request:
    """Return a webhook of about 1 KB as Printora would send it."""
    body = event_body(event, session)
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return Request("POST", WEBHOOK, HTTPStatus.OK, body, f"sha256={signature}")


def event_body(event: str, session: uuid.UUID) -> bytes:
    """Return an event with every field that an event may have."""
    person = {"firstName": "Ada", "lastName": "Lovelace"}
    data = {
        "orderId": str(session),
        "orderNumber": f"PRT-{session.hex[:8]}",
        "status": "paid",
        "totalAmount": 25.18,
        "currency": "USD",
        "paymentMethod": "stripe",
        "customer": person | {"email": "ada@example.com", "phone": "+44 20 7946 0000"},
        "items": [{"productName": "Poster", "quantity": 1, "price": 25.18, "variant": "A2 / matt"}],
        "shippingAddress": person | {"street": "1 St James's Square", "city": "London"},
        "note": "x" * 300,
    }
    envelope = {
        "sessionId": str(session),
        "event": event,
        "timestamp": "2026-02-27T01:02:33.444Z",
        "data": data,
    }
    return json.dumps(envelope).encode()


KINDS: dict[str, Callable[[], Iterator[Request]]] = {
    "the framework alone (/healthz)": healthz,
    "webhook refused at its signature": refused_webhooks,
    "webhook of a new order": new_webhooks,
    "webhooks of an order's life": order_lives,
    "webhook that is a duplicate": duplicates,
}


def main() -> None:
    """Run the site on PostgreSQL, measure, and print a table."""
    with engines.postgres() as database:
        port = engines.free_port()
        env = environment(
            DEBUG="False",
            SECRET_KEY=secrets.token_urlsafe(50),
            ALLOWED_HOSTS="127.0.0.1",
            APP_URL=f"http://127.0.0.1:{port}",
            DATABASE_URL=database,
            PORT=str(port),
            PRINTORA_API_KEY=f"sk_test_{secrets.token_hex(16)}",
            PRINTORA_WEBHOOK_SECRET=SECRET,
            LOG_LEVEL="WARNING",
        )
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=env, check=True)
        command = procfile("Procfile")["web"]
        web = subprocess.Popen(command, shell=True, env=env, stderr=subprocess.DEVNULL)
        try:
            if not wait_until_answering(f"http://127.0.0.1:{port}/healthz"):
                sys.exit("The site did not start.")
            rounds = [measure_all(port) for _round in range(ROUNDS)]
        finally:
            web.terminate()
            web.wait()
    report(rounds)


def measure_all(port: int) -> dict[str, list[float]]:
    """Return the latencies, in seconds, of each kind of request."""
    with ProcessPoolExecutor(CLIENT_PROCESSES) as pool:
        return {name: measure(pool, port, name) for name in KINDS}


def measure(pool: ProcessPoolExecutor, port: int, name: str) -> list[float]:
    """Send one kind of request for a while over all connections."""
    share = CONNECTIONS // CLIENT_PROCESSES
    jobs = [pool.submit(client, port, name, share) for _process in range(CLIENT_PROCESSES)]
    return [latency for job in jobs for latency in job.result()]


def client(port: int, name: str, connections: int) -> list[float]:
    """Run one client process with several connections, a thread each."""
    with ThreadPoolExecutor(connections) as pool:
        jobs = [pool.submit(connection, port, KINDS[name]()) for _connection in range(connections)]
        return [latency for job in jobs for latency in job.result()]


def connection(port: int, requests: Iterator[Request]) -> list[float]:
    """Send requests one after another over one connection; a wrong status ends the run."""
    server = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    latencies = []
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        request = next(requests)
        headers = HEADERS | {"x-printora-signature": request.signature}
        started = time.perf_counter()
        server.request(request.method, request.path, request.body, headers)
        response = server.getresponse()
        response.read()
        latencies.append(time.perf_counter() - started)
        if response.status != request.expected:
            raise RuntimeError(f"{request.path} answered {response.status}")
    server.close()
    return latencies


def report(rounds: list[dict[str, list[float]]]) -> None:
    """Print the medians of the rounds, and each kind's rate against the framework's own."""
    baseline = None
    print(f"{CONNECTIONS} connections, {os.cpu_count()} cores, client on the same machine")
    print(f"{'':<34}{'per second':>11}{'ratio':>8}{'p50 ms':>9}{'p99 ms':>9}")
    for name in KINDS:
        rate = statistics.median(len(one[name]) / SECONDS for one in rounds)
        quantiles = [statistics.quantiles(one[name], n=100) for one in rounds]
        p50, p99 = (statistics.median(q[index] * 1000 for q in quantiles) for index in (49, 98))
        baseline = baseline or rate
        print(f"{name:<34}{rate:>11.0f}{rate / baseline:>8.2f}{p50:>9.1f}{p99:>9.1f}")


if __name__ == "__main__":
    main()
