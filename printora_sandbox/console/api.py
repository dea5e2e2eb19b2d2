"""The console for scripts: the same lists and steps as JSON, without an API key."""

# ruff: noqa: ARG001  (the framework finds the request by its name)

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query

from printora_sandbox.api import errors
from printora_sandbox.api.fields import Envelope
from printora_sandbox.api.pagination import PageQuery, paginate
from printora_sandbox.api.parser import JsonParser
from printora_sandbox.api.rate_limit import limiter
from printora_sandbox.models import AutoFulfil, Creator, Delivery, Faults, Order, Session
from printora_sandbox.orders.fulfilment import WrongStateError

from .schemas import (
    DeliveryPage,
    DeliveryRow,
    FaultSettings,
    FulfilmentSettings,
    OrderPage,
    OrderRow,
    Parcel,
    ResetResult,
    SessionPage,
    SessionRow,
)
from .steps import take_step


def require_same_origin(request: HttpRequest) -> bool:
    """Refuse the requests of other sites' pages, because these calls have no CSRF token."""
    origin = request.headers.get("Origin")
    if origin and origin != f"{request.scheme}://{request.get_host()}":
        raise errors.ForbiddenError
    return True


api = NinjaAPI(
    title="Printora sandbox console",
    urls_namespace="console-api",
    openapi_url=None,
    docs_url=None,
    parser=JsonParser(),
    auth=require_same_origin,
)
errors.add_handlers(api)


@api.exception_handler(WrongStateError)
def _wrong_state(_request: HttpRequest, error: WrongStateError) -> HttpResponse:
    return errors.error_response(HTTPStatus.CONFLICT, "WRONG_STATE", str(error))


@api.exception_handler(Order.DoesNotExist)
def _no_such_order(_request: HttpRequest, _error: Order.DoesNotExist) -> HttpResponse:
    return errors.error_response(HTTPStatus.NOT_FOUND, "ORDER_NOT_FOUND", "Order not found")


@api.get("/sessions", by_alias=True, response=Envelope[SessionPage])
def list_sessions(request: HttpRequest, page: Query[PageQuery]) -> Envelope[SessionPage]:
    """Return sessions, newest first."""
    rows, pagination = paginate(Session.objects.expire_overdue().with_related(), page)
    sessions = [SessionRow.of(row) for row in rows]
    return Envelope(data=SessionPage(sessions=sessions, pagination=pagination))


@api.get("/orders", by_alias=True, response=Envelope[OrderPage])
def list_orders(request: HttpRequest, page: Query[PageQuery]) -> Envelope[OrderPage]:
    """Return orders with customer, address, items and tracking, newest first."""
    queryset = Order.objects.select_related("session").prefetch_related("items")
    rows, pagination = paginate(queryset, page)
    orders = [OrderRow.of(row) for row in rows]
    return Envelope(data=OrderPage(orders=orders, pagination=pagination))


@api.get("/deliveries", by_alias=True, response=Envelope[DeliveryPage])
def list_deliveries(request: HttpRequest, page: Query[PageQuery]) -> Envelope[DeliveryPage]:
    """Return webhooks with their bodies and attempts, newest first."""
    rows, pagination = paginate(Delivery.objects.with_attempts(), page)
    deliveries = [DeliveryRow.of(row) for row in rows]
    return Envelope(data=DeliveryPage(deliveries=deliveries, pagination=pagination))


@api.post("/orders/{order_id}/{step}", by_alias=True, response=Envelope[OrderRow])
def move_order(
    request: HttpRequest,
    order_id: UUID,
    step: Annotated[str, Path(pattern="^(process|ship|deliver|cancel)$")],
    parcel: Parcel | None = None,
) -> Envelope[OrderRow]:
    """Print, ship, deliver or cancel an order; a step that its state does not allow is a 409.

    Only the lists of orders show printing (`process`): it has no webhook.
    """
    details = parcel.model_dump() if parcel and step == "ship" else {}
    return Envelope(data=OrderRow.of(take_step(order_id, step, parcel=details)))


@api.get("/faults", by_alias=True, response=Envelope[FaultSettings])
def read_faults(request: HttpRequest) -> Envelope[FaultSettings]:
    """Return the fault settings."""
    return Envelope(data=FaultSettings.model_validate(Faults.current()))


@api.put("/faults", by_alias=True, response=Envelope[FaultSettings])
def configure_faults(request: HttpRequest, payload: FaultSettings) -> Envelope[FaultSettings]:
    """Switch on the faults in the body and all others off."""
    faults = Faults.configure(**payload.model_dump())
    return Envelope(data=FaultSettings.model_validate(faults))


@api.get("/fulfilment", by_alias=True, response=Envelope[FulfilmentSettings])
def read_fulfilment(request: HttpRequest) -> Envelope[FulfilmentSettings]:
    """Return the auto-fulfilment settings."""
    return Envelope(data=FulfilmentSettings.model_validate(AutoFulfil.current()))


@api.put("/fulfilment", by_alias=True, response=Envelope[FulfilmentSettings])
def configure_fulfilment(
    request: HttpRequest, payload: FulfilmentSettings
) -> Envelope[FulfilmentSettings]:
    """Save the auto-fulfilment settings; a missing field gets its default."""
    timer = AutoFulfil.configure(**payload.model_dump())
    return Envelope(data=FulfilmentSettings.model_validate(timer))


@api.post("/reset", response=Envelope[ResetResult])
def reset(request: HttpRequest) -> Envelope[ResetResult]:
    """Delete all data, and reset the faults, the auto-fulfilment and the rate limit."""
    Faults.objects.all().delete()
    AutoFulfil.objects.all().delete()
    Creator.objects.all().delete()
    _, deleted = Session.objects.all().delete()
    limiter.reset()
    return Envelope(data=ResetResult(deleted=deleted.get("sandbox.Session", 0)))
