"""Every method of the client against the running sandbox, over HTTP."""

import ast
import inspect
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from printora_integration.client import PrintoraClient, resources
from printora_integration.exceptions import (
    AuthenticationError,
    GoneError,
    NotFoundError,
    PermissionDeniedError,
    RequestInvalidError,
)
from printora_integration.merch.schemas import CreatedMerch, Creator
from printora_integration.schemas.api import PartnerSession, WebhookLog
from printora_integration.schemas.requests import UserData
from tests.sandbox.shelf import RIVAL_KEY
from tests.sandbox.visitor import Opened, Visitor
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.one_database

PICTURE = "https://gallery.example.com/dune.png"
BACK: dict[str, Any] = {
    "success_url": "https://gallery.example.com/callback/success/",
    "failed_url": "https://gallery.example.com/callback/failed/",
}
VARIANTS = ["t-shirt-white-m", "t-shirt-navy-l"]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxProcess]:
    """One sandbox; nobody listens to its webhooks, so their logs say that they are retried."""
    with SandboxProcess() as process:
        yield process


def client_of(sandbox: SandboxProcess, api_key: str) -> PrintoraClient:
    return PrintoraClient(base_url=sandbox.url, api_key=api_key)


@pytest.fixture(scope="module")
def client(sandbox: SandboxProcess) -> Iterator[PrintoraClient]:
    client = client_of(sandbox, sandbox.api_key)
    yield client
    client.close()


@dataclass(frozen=True)
class Bought:
    """Hold a session that a visitor has paid in."""

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


def key() -> str:
    return str(uuid.uuid4())


def session_of_picture(client: PrintoraClient) -> PartnerSession:
    return client.sessions.create(idempotency_key=key(), image_url=PICTURE, **BACK)


def new_creator(client: PrintoraClient) -> Creator:
    name = f"Ada {uuid.uuid4().hex[:8]}"
    return client.creators.create(name=name, email="ada@example.com", logo_url=PICTURE)


def new_merch(client: PrintoraClient, creator: Creator, **facts: Any) -> CreatedMerch:
    return client.merch.create(
        creator.id,
        title="Dune tee",
        product_id="t-shirt",
        variant_ids=VARIANTS,
        design_image_url=PICTURE,
        **facts,
    )


def log_of(client: PrintoraClient, bought: Bought, event: str) -> WebhookLog:
    logs = client.webhook_logs.iterate(event_type=event)
    return next(log for log in logs if log.session_id == bought.session.session_id)


# --- Every public method is called in here --------------------------------------------------------


def _public_methods() -> set[str]:
    attributes = {
        name: type(value)
        for name, value in vars(PrintoraClient(base_url="http://x", api_key="x")).items()
        if isinstance(value, resources.base.Resource)
    }
    return {
        f"{attribute}.{name}"
        for attribute, resource in attributes.items()
        for name, _method in inspect.getmembers(resource, inspect.isfunction)
        if not name.startswith("_")
    }


def _called_here() -> set[str]:
    """Return every `client.resource.method(…)` of this file, as `resource.method`."""
    calls = [
        node.func
        for node in ast.walk(ast.parse(Path(__file__).read_text()))
        if isinstance(node, ast.Call)
    ]
    return {
        f"{call.value.attr}.{call.attr}"
        for call in calls
        if isinstance(call, ast.Attribute)
        and isinstance(call.value, ast.Attribute)
        and isinstance(call.value.value, ast.Name)
        and call.value.value.id == "client"
    }


def test_every_public_method_of_the_client_is_tried_against_the_sandbox() -> None:
    assert _public_methods() - _called_here() == set()


# --- Sessions -------------------------------------------------------------------------------------


def test_session_of_a_picture_is_created_once_for_one_key(client: PrintoraClient) -> None:
    one = key()
    visitor = UserData(email="jose@example.com", first_name="José")
    first, again = (
        client.sessions.create(idempotency_key=one, image_url=PICTURE, user_data=visitor, **BACK)
        for _try in range(2)
    )
    assert first.session_id == again.session_id
    assert (first.session_mode, first.image_url) == ("image", PICTURE)


def test_session_of_a_creator_is_created(client: PrintoraClient) -> None:
    creator = new_creator(client)
    session = client.sessions.create(idempotency_key=key(), creator_id=creator.id, **BACK)
    assert (session.session_mode, session.creator_id) == ("creator", creator.id)


def test_session_of_an_item_is_created_with_its_cart(client: PrintoraClient) -> None:
    merch = new_merch(client, new_creator(client)).merch
    session = client.sessions.create(
        idempotency_key=key(), merch_id=merch.id, variant_id=VARIANTS[0], quantity=2, **BACK
    )
    assert session.session_mode == "merch"
    assert session.merch is not None
    assert session.merch.id == merch.id
    assert session.cart_items is not None
    assert [(item.variant_id, item.quantity) for item in session.cart_items] == [(VARIANTS[0], 2)]


def test_session_is_read_with_its_order(client: PrintoraClient, bought: Bought) -> None:
    session = client.sessions.get(bought.session.session_id)
    assert session.status == "completed"
    assert session.order is not None
    assert session.order.status == "paid"


def test_token_tells_whether_its_link_still_works(client: PrintoraClient, bought: Bought) -> None:
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
        client.webhook_logs.retry(key())


# --- Catalog --------------------------------------------------------------------------------------


def test_products_are_listed(client: PrintoraClient) -> None:
    page = client.catalog.list(limit=2)
    assert len(page.products) == 2
    variant = page.products[0].variants[0]
    assert isinstance(variant.end_price, Decimal)
    assert variant.color_code is None or variant.color_code.startswith("#")


def test_products_are_walked(client: PrintoraClient) -> None:
    ids = [product.id for product in client.catalog.iterate()]
    assert "t-shirt" in ids
    assert len(ids) == client.catalog.list().total


def test_products_are_searched(client: PrintoraClient) -> None:
    assert "hoodie" in [product.id for product in client.catalog.search("hoodie")]


# --- Creators -------------------------------------------------------------------------------------


def test_creator_is_created_and_read(client: PrintoraClient) -> None:
    created = client.creators.create(name="José Ángel", description="Dunes")
    read = client.creators.get(created.id)
    assert (read.name, read.description, read.status) == ("José Ángel", "Dunes", "active")


def test_creators_are_listed(client: PrintoraClient) -> None:
    newest = new_creator(client)
    assert [creator.id for creator in client.creators.list(limit=1).creators] == [newest.id]


def test_creators_are_walked(client: PrintoraClient) -> None:
    some = {new_creator(client).id for _ in range(2)}
    assert some <= {creator.id for creator in client.creators.iterate()}


def test_creator_is_changed_and_a_field_emptied(client: PrintoraClient) -> None:
    creator = new_creator(client)
    changed = client.creators.update(creator.id, description="Dunes", email=None)
    assert (changed.name, changed.description, changed.email) == (creator.name, "Dunes", None)


def test_creator_is_suspended(client: PrintoraClient) -> None:
    creator = new_creator(client)
    assert client.creators.set_status(creator.id, status="suspended").status == "suspended"


def test_deleted_creator_takes_its_merch_along(client: PrintoraClient) -> None:
    creator = new_creator(client)
    merch = new_merch(client, creator).merch
    client.creators.delete(creator.id)
    with pytest.raises(NotFoundError):
        client.creators.get(creator.id)
    with pytest.raises(NotFoundError):
        client.merch.get(creator.id, merch.id)


def test_creator_who_sold_nothing_has_empty_stats(client: PrintoraClient) -> None:
    creator = new_creator(client)
    stats = client.creators.stats(creator.id)
    assert (stats.creator_id, stats.total_orders, stats.total_revenue) == (
        creator.id,
        0,
        Decimal(0),
    )


def test_creator_who_sold_nothing_has_no_orders(client: PrintoraClient) -> None:
    creator = new_creator(client)
    assert client.creators.orders(creator.id).orders == ()
    assert list(client.creators.iterate_orders(creator.id)) == []


def test_creator_of_another_partner_is_not_ours(
    client: PrintoraClient, sandbox: SandboxProcess
) -> None:
    creator = new_creator(client)
    rival = client_of(sandbox, RIVAL_KEY)
    with pytest.raises(PermissionDeniedError):
        rival.creators.get(creator.id)
    rival.close()


# --- Merch ----------------------------------------------------------------------------------------


def test_item_is_created_with_a_link_to_its_editor(client: PrintoraClient) -> None:
    created = new_merch(client, new_creator(client), stock_limit=10)
    assert (created.merch.stock_limit, created.merch.stock_remaining) == (10, 10)
    assert created.merch.is_limited_edition is True
    assert created.edit_session is not None
    assert created.edit_session.expires_at is not None


def test_item_with_variants_of_another_product_is_refused_by_name(client: PrintoraClient) -> None:
    creator = new_creator(client)
    with pytest.raises(RequestInvalidError) as refusal:
        client.merch.create(creator.id, title="Tee", product_id="mug", variant_ids=VARIANTS)
    assert refusal.value.code == "INVALID_VARIANTS"


def test_items_are_listed_and_walked(client: PrintoraClient) -> None:
    creator = new_creator(client)
    ids = {new_merch(client, creator).merch.id for _ in range(2)}
    assert {merch.id for merch in client.merch.list(creator.id).merch} == ids
    assert {merch.id for merch in client.merch.iterate(creator.id)} == ids


def test_item_is_read(client: PrintoraClient) -> None:
    creator = new_creator(client)
    merch = client.merch.get(creator.id, new_merch(client, creator).merch.id)
    assert (merch.title, merch.has_design) == ("Dune tee", True)
    assert merch.product is not None
    assert merch.product.id == "t-shirt"


def test_item_is_changed_and_its_limit_lifted(client: PrintoraClient) -> None:
    creator = new_creator(client)
    merch = new_merch(client, creator, stock_limit=5).merch
    changed = client.merch.update(creator.id, merch.id, status="archived", stock_limit=None)
    assert (changed.status, changed.stock_limit, changed.title) == ("archived", None, "Dune tee")


def test_item_is_deleted(client: PrintoraClient) -> None:
    creator = new_creator(client)
    merch = new_merch(client, creator).merch
    client.merch.delete(creator.id, merch.id)
    with pytest.raises(NotFoundError):
        client.merch.get(creator.id, merch.id)


def test_item_gets_a_fresh_link_to_its_editor(client: PrintoraClient) -> None:
    creator = new_creator(client)
    created = new_merch(client, creator)
    fresh = client.merch.new_edit_session(creator.id, created.merch.id)
    assert created.edit_session is not None
    assert fresh.editor_url != created.edit_session.editor_url


# --- The design editor's link ---------------------------------------------------------------------


def test_link_opens_its_item(client: PrintoraClient) -> None:
    created = new_merch(client, new_creator(client))
    assert created.edit_session is not None
    state = client.merch_editor.by_token(created.edit_session.token or "")
    assert (state.merch.id, state.session_id) == (created.merch.id, created.edit_session.session_id)


def test_saved_design_stays_and_uses_up_its_link(client: PrintoraClient) -> None:
    created = new_merch(client, new_creator(client))
    assert created.edit_session is not None
    token = created.edit_session.token or ""
    design: dict[str, Any] = {"layers": [{"name": "José", "scale": 0.5}]}
    saved = client.merch_editor.save(token, konva_metadata=design)
    assert (saved.id, saved.konva_metadata) == (created.merch.id, design)
    with pytest.raises(GoneError) as refusal:
        client.merch_editor.by_token(token)
    assert refusal.value.code == "SESSION_USED"


# --- The key --------------------------------------------------------------------------------------


def test_key_that_is_not_known_is_refused(sandbox: SandboxProcess) -> None:
    stranger = client_of(sandbox, "sk_test_nobody")
    with pytest.raises(AuthenticationError):
        stranger.orders.list()
    stranger.close()


def test_ping_takes_any_response(client: PrintoraClient) -> None:
    client.ping()
    assert client.clock_skew is not None
    assert abs(client.clock_skew) < 30
