"""Every method of the client for merch against the running sandbox, over HTTP."""

import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from printora_integration.exceptions import (
    GoneError,
    NotFoundError,
    PermissionDeniedError,
    RequestInvalidError,
)
from printora_integration.merch import MerchClient
from printora_integration.merch.schemas import CreatedMerch, Creator
from tests.integration.printora import PICTURE, create_session
from tests.sandbox.shop import RIVAL_KEY
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.one_database

VARIANTS = ["t-shirt-white-m", "t-shirt-navy-l"]


@pytest.fixture(scope="module")
def client(sandbox: SandboxProcess) -> Iterator[MerchClient]:
    client = MerchClient(base_url=sandbox.url, api_key=sandbox.api_key)
    yield client
    client.close()


def new_creator(client: MerchClient) -> Creator:
    name = f"Ada {uuid.uuid4().hex[:8]}"
    return client.creators.create(name=name, email="ada@example.com", logo_url=PICTURE)


def new_merch(client: MerchClient, creator: Creator, **options: Any) -> CreatedMerch:
    return client.merch.create(
        creator.id,
        title="Dune tee",
        product_id="t-shirt",
        variant_ids=VARIANTS,
        design_image_url=PICTURE,
        **options,
    )


# --- Sessions -------------------------------------------------------------------------------------


def test_session_of_a_creator_is_created(client: MerchClient) -> None:
    creator = new_creator(client)
    session = create_session(client, idempotency_key=creator.id, creator_id=creator.id)
    assert (session.session_mode, session.creator_id) == ("creator", creator.id)


def test_session_of_an_item_is_created_with_its_cart(client: MerchClient) -> None:
    merch = new_merch(client, new_creator(client)).merch
    session = create_session(
        client, idempotency_key=merch.id, merch_id=merch.id, variant_id=VARIANTS[0], quantity=2
    )
    assert session.session_mode == "merch"
    assert session.merch is not None
    assert session.merch.id == merch.id
    assert session.cart_items is not None
    assert [(item.variant_id, item.quantity) for item in session.cart_items] == [(VARIANTS[0], 2)]


# --- Catalog --------------------------------------------------------------------------------------


def test_products_are_listed(client: MerchClient) -> None:
    page = client.catalog.list(limit=2)
    assert len(page.products) == 2
    variant = page.products[0].variants[0]
    assert isinstance(variant.end_price, Decimal)
    assert variant.color_code is None or variant.color_code.startswith("#")


def test_products_are_walked(client: MerchClient) -> None:
    ids = [product.id for product in client.catalog.iterate()]
    assert "t-shirt" in ids
    assert len(ids) == client.catalog.list().total


def test_products_are_searched(client: MerchClient) -> None:
    assert "hoodie" in [product.id for product in client.catalog.search("hoodie")]


# --- Creators -------------------------------------------------------------------------------------


def test_creator_is_created_and_read(client: MerchClient) -> None:
    created = client.creators.create(name="José Ángel", description="Dunes")
    read = client.creators.get(created.id)
    assert (read.name, read.description, read.status) == ("José Ángel", "Dunes", "active")


def test_creators_are_listed(client: MerchClient) -> None:
    newest = new_creator(client)
    assert [creator.id for creator in client.creators.list(limit=1).creators] == [newest.id]


def test_creators_are_walked(client: MerchClient) -> None:
    some = {new_creator(client).id for _ in range(2)}
    assert some <= {creator.id for creator in client.creators.iterate()}


def test_creator_is_changed_and_a_field_emptied(client: MerchClient) -> None:
    creator = new_creator(client)
    changed = client.creators.update(creator.id, description="Dunes", email=None)
    assert (changed.name, changed.description, changed.email) == (creator.name, "Dunes", None)


def test_creator_is_suspended(client: MerchClient) -> None:
    creator = new_creator(client)
    assert client.creators.set_status(creator.id, status="suspended").status == "suspended"


def test_deleted_creator_takes_its_merch_along(client: MerchClient) -> None:
    creator = new_creator(client)
    merch = new_merch(client, creator).merch
    client.creators.delete(creator.id)
    with pytest.raises(NotFoundError):
        client.creators.get(creator.id)
    with pytest.raises(NotFoundError):
        client.merch.get(creator.id, merch.id)


def test_creator_who_sold_nothing_has_empty_stats(client: MerchClient) -> None:
    creator = new_creator(client)
    stats = client.creators.stats(creator.id)
    assert (stats.creator_id, stats.total_orders, stats.total_revenue) == (
        creator.id,
        0,
        Decimal(0),
    )


def test_creator_who_sold_nothing_has_no_orders(client: MerchClient) -> None:
    creator = new_creator(client)
    assert client.creators.orders(creator.id).orders == ()
    assert list(client.creators.iterate_orders(creator.id)) == []


def test_creator_of_another_partner_is_not_ours(
    client: MerchClient, sandbox: SandboxProcess
) -> None:
    creator = new_creator(client)
    rival = MerchClient(base_url=sandbox.url, api_key=RIVAL_KEY)
    with pytest.raises(PermissionDeniedError):
        rival.creators.get(creator.id)
    rival.close()


# --- Merch ----------------------------------------------------------------------------------------


def test_item_is_created_with_a_link_to_its_editor(client: MerchClient) -> None:
    created = new_merch(client, new_creator(client), stock_limit=10)
    assert (created.merch.stock_limit, created.merch.stock_remaining) == (10, 10)
    assert created.merch.is_limited_edition is True
    assert created.edit_session is not None
    assert created.edit_session.expires_at is not None


def test_item_with_variants_of_another_product_is_refused_by_name(client: MerchClient) -> None:
    creator = new_creator(client)
    with pytest.raises(RequestInvalidError) as refusal:
        client.merch.create(creator.id, title="Tee", product_id="mug", variant_ids=VARIANTS)
    assert refusal.value.code == "INVALID_VARIANTS"


def test_items_are_listed_and_walked(client: MerchClient) -> None:
    creator = new_creator(client)
    ids = {new_merch(client, creator).merch.id for _ in range(2)}
    assert {merch.id for merch in client.merch.list(creator.id).merch} == ids
    assert {merch.id for merch in client.merch.iterate(creator.id)} == ids


def test_item_is_read(client: MerchClient) -> None:
    creator = new_creator(client)
    merch = client.merch.get(creator.id, new_merch(client, creator).merch.id)
    assert (merch.title, merch.has_design) == ("Dune tee", True)
    assert merch.product is not None
    assert merch.product.id == "t-shirt"


def test_item_is_changed_and_its_limit_lifted(client: MerchClient) -> None:
    creator = new_creator(client)
    merch = new_merch(client, creator, stock_limit=5).merch
    changed = client.merch.update(creator.id, merch.id, status="archived", stock_limit=None)
    assert (changed.status, changed.stock_limit, changed.title) == ("archived", None, "Dune tee")


def test_item_is_deleted(client: MerchClient) -> None:
    creator = new_creator(client)
    merch = new_merch(client, creator).merch
    client.merch.delete(creator.id, merch.id)
    with pytest.raises(NotFoundError):
        client.merch.get(creator.id, merch.id)


def test_item_gets_a_fresh_link_to_its_editor(client: MerchClient) -> None:
    creator = new_creator(client)
    created = new_merch(client, creator)
    fresh = client.merch.new_edit_session(creator.id, created.merch.id)
    assert created.edit_session is not None
    assert fresh.editor_url != created.edit_session.editor_url


# --- The design editor's link ---------------------------------------------------------------------


def test_link_opens_its_item(client: MerchClient) -> None:
    created = new_merch(client, new_creator(client))
    assert created.edit_session is not None
    state = client.merch_editor.by_token(created.edit_session.token or "")
    assert (state.merch.id, state.session_id) == (created.merch.id, created.edit_session.session_id)


def test_saved_design_stays_and_uses_up_its_link(client: MerchClient) -> None:
    created = new_merch(client, new_creator(client))
    assert created.edit_session is not None
    token = created.edit_session.token or ""
    design: dict[str, Any] = {"layers": [{"name": "José", "scale": 0.5}]}
    saved = client.merch_editor.save(token, konva_metadata=design)
    assert (saved.id, saved.konva_metadata) == (created.merch.id, design)
    with pytest.raises(GoneError) as refusal:
        client.merch_editor.by_token(token)
    assert refusal.value.code == "SESSION_USED"
