"""Every method of the core's client against the running sandbox, over HTTP."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest

from printora_integration.client import PrintChoice, PrintoraClient, UserData
from printora_integration.exceptions import (
    AuthenticationError,
    NotFoundError,
)
from printora_integration.schemas.api import PartnerSession, WebhookLog
from tests.integration.printora import FAILED_URL, PICTURE, SUCCESS_URL, create_session
from tests.sandbox.visitor import Opened, Visitor
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.one_database


@pytest.fixture(scope="module")
def client(sandbox: SandboxProcess) -> Iterator[PrintoraClient]:
    client = PrintoraClient(base_url=sandbox.url, api_key=sandbox.api_key)
    yield client
    client.close()


@dataclass(frozen=True)
class Bought:
    """A session that a visitor has paid in."""

    session: PartnerSession
    order_id: str


@pytest.fixture(scope="module")
def bought(client: PrintoraClient) -> Bought:
    session = session_of_picture(client)
    assert session.redirect_url is not None
    Visitor(Opened(session.session_id, session.redirect_url, "")).pay()
    order = client.sessions.get(session.session_id).order
    assert order is not None
    return Bought(session, order.id)


def new_key() -> str:
    return str(uuid.uuid4())


def session_of_picture(client: PrintoraClient) -> PartnerSession:
    return create_session(client, idempotency_key=new_key())


def log_of(client: PrintoraClient, bought: Bought, event: str) -> WebhookLog:
    logs = client.webhook_logs.iterate(event_type=event)
    return next(log for log in logs if log.session_id == bought.session.session_id)


# --- Sessions -------------------------------------------------------------------------------------


def test_session_of_a_picture_is_created_once_for_one_key(client: PrintoraClient) -> None:
    key, choice = new_key(), PrintChoice(image_url=PICTURE)
    visitor = UserData(email="jose@example.com", first_name="José")
    first, again = (
        client.sessions.create(
            choice,
            idempotency_key=key,
            success_url=SUCCESS_URL,
            failed_url=FAILED_URL,
            user_data=visitor,
        )
        for _try in range(2)
    )
    assert first.session_id == again.session_id
    assert (first.session_mode, first.image_url) == ("image", PICTURE)


def test_session_is_read_with_its_order(client: PrintoraClient, bought: Bought) -> None:
    session = client.sessions.get(bought.session.session_id)
    assert session.status == "completed"
    assert session.order is not None
    assert session.order.status == "paid"


def test_token_says_whether_its_link_still_works(client: PrintoraClient, bought: Bought) -> None:
    fresh = session_of_picture(client)
    for session, works in ((fresh, True), (bought.session, False)):
        token = (session.redirect_url or "").rsplit("/", 1)[1]
        state = client.sessions.by_token(token)
        assert (state.is_valid, state.is_completed) == (works, not works)


# --- Orders ---------------------------------------------------------------------------------------


def test_orders_are_listed_by_status(client: PrintoraClient, bought: Bought) -> None:
    page = client.orders.list(status="paid", limit=1)
    assert [order.status for order in page.orders] == ["paid"]
    assert isinstance(page.orders[0].total_amount, Decimal)
    assert client.orders.list(status="delivered").orders == ()


def test_orders_are_walked(client: PrintoraClient, bought: Bought) -> None:
    assert bought.order_id in [order.id for order in client.orders.iterate()]


# --- Webhook logs ---------------------------------------------------------------------------------


def test_webhook_logs_are_listed_by_event(client: PrintoraClient, bought: Bought) -> None:
    page = client.webhook_logs.list(event_type="order.paid")
    assert {log.event_type for log in page.logs} == {"order.paid"}


def test_webhook_logs_are_walked(client: PrintoraClient, bought: Bought) -> None:
    mine = [
        log.event_type
        for log in client.webhook_logs.iterate()
        if log.session_id == bought.session.session_id
    ]
    assert {"order.created", "order.paid"} <= set(mine)


def test_event_is_resent_by_session_and_by_order(client: PrintoraClient, bought: Bought) -> None:
    session_id = bought.session.session_id
    ours = [
        client.webhook_logs.resend(event_type="order.paid", session_id=session_id),
        client.webhook_logs.resend(event_type="order.paid", order_id=bought.order_id),
    ]
    assert [redelivery.status for redelivery in ours] == ["pending"] * 2
    assert len({redelivery.webhook_log_id for redelivery in ours}) == 2


def test_log_is_retried(client: PrintoraClient, bought: Bought) -> None:
    log = log_of(client, bought, "order.created")
    assert client.webhook_logs.retry(log.id).webhook_log_id == log.id
    with pytest.raises(NotFoundError):
        client.webhook_logs.retry(new_key())


# --- The key --------------------------------------------------------------------------------------


def test_key_that_is_not_known_is_refused(sandbox: SandboxProcess) -> None:
    stranger = PrintoraClient(base_url=sandbox.url, api_key="sk_test_nobody")
    with pytest.raises(AuthenticationError):
        stranger.orders.list()
    stranger.close()


def test_ping_takes_any_response(client: PrintoraClient) -> None:
    client.ping()
    assert client.clock_skew is not None
    assert abs(client.clock_skew) < 30
