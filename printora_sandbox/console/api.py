"""The desk for scripts: the same lists and steps, as JSON. No key: it is the operator's own."""

# ruff: noqa: ARG001  (the framework finds the request by its name)

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query

from printora_sandbox.api import errors
from printora_sandbox.api.fields import Envelope
from printora_sandbox.api.paging import PageQuery, cut
from printora_sandbox.api.parser import JsonParser
from printora_sandbox.api.rate_limit import limiter
from printora_sandbox.fulfilment import WrongStateError
from printora_sandbox.models import AutoFulfil, Creator, Delivery, Faults, Order, Session

from .schemas import (
    DeliveryPage,
    DeliveryRow,
    FaultSettings,
    FulfilmentSettings,
    OrderPage,
    OrderRow,
    Parcel,
    Reset,
    SessionPage,
    SessionRow,
)
from .steps import take_step


def from_this_machine(request: HttpRequest) -> bool:
    """Refuse what a browser sends on behalf of another site: these calls carry no CSRF token."""
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
    auth=from_this_machine,
)
errors.install(api)


@api.exception_handler(WrongStateError)
def _wrong_state(_request: HttpRequest, error: WrongStateError) -> HttpResponse:
    return errors.reply(409, "WRONG_STATE", str(error))


@api.exception_handler(Order.DoesNotExist)
def _no_such_order(_request: HttpRequest, _error: Order.DoesNotExist) -> HttpResponse:
    return errors.reply(404, "ORDER_NOT_FOUND", "Order not found")


@api.get("/sessions", by_alias=True, response=Envelope[SessionPage])
def list_sessions(request: HttpRequest, page: Query[PageQuery]) -> Envelope[SessionPage]:
    """Return sessions, newest first."""
    rows, pagination = cut(Session.objects.expire_overdue().with_goods(), page)
    sessions = [SessionRow.of(row) for row in rows]
    return Envelope(data=SessionPage(sessions=sessions, pagination=pagination))


@api.get("/orders", by_alias=True, response=Envelope[OrderPage])
def list_orders(request: HttpRequest, page: Query[PageQuery]) -> Envelope[OrderPage]:
    """Return orders with customer, address, items and tracking, newest first."""
    found = Order.objects.select_related("session").prefetch_related("items")
    rows, pagination = cut(found, page)
    orders = [OrderRow.of(row) for row in rows]
    return Envelope(data=OrderPage(orders=orders, pagination=pagination))


@api.get("/deliveries", by_alias=True, response=Envelope[DeliveryPage])
def list_deliveries(request: HttpRequest, page: Query[PageQuery]) -> Envelope[DeliveryPage]:
    """Return webhooks with their bodies and attempts, newest first."""
    rows, pagination = cut(Delivery.objects.with_attempts(), page)
    deliveries = [DeliveryRow.of(row) for row in rows]
    return Envelope(data=DeliveryPage(deliveries=deliveries, pagination=pagination))


@api.post("/orders/{order_id}/{step}", by_alias=True, response=Envelope[OrderRow])
def move_order(
    request: HttpRequest,
    order_id: UUID,
    step: Annotated[str, Path(pattern="^(process|ship|deliver|cancel)$")],
    parcel: Parcel | None = None,
) -> Envelope[OrderRow]:
    """Print, ship, deliver or cancel an order; 409 if its state has no such step.

    Printing (`process`) is shown by the lists of orders only: no webhook tells of it.
    """
    details = parcel.model_dump() if parcel and step == "ship" else {}
    return Envelope(data=OrderRow.of(take_step(order_id, step, parcel=details)))


@api.get("/faults", by_alias=True, response=Envelope[FaultSettings])
def read_faults(request: HttpRequest) -> Envelope[FaultSettings]:
    """Return what goes wrong on purpose."""
    return Envelope(data=FaultSettings.model_validate(Faults.current()))


@api.put("/faults", by_alias=True, response=Envelope[FaultSettings])
def switch_faults(request: HttpRequest, payload: FaultSettings) -> Envelope[FaultSettings]:
    """Switch on the faults in the body, and off all that it leaves out."""
    faults = Faults.switch(**payload.model_dump())
    return Envelope(data=FaultSettings.model_validate(faults))


@api.get("/fulfilment", by_alias=True, response=Envelope[FulfilmentSettings])
def read_fulfilment(request: HttpRequest) -> Envelope[FulfilmentSettings]:
    """Return whether orders ship and deliver by themselves."""
    return Envelope(data=FulfilmentSettings.model_validate(AutoFulfil.current()))


@api.put("/fulfilment", by_alias=True, response=Envelope[FulfilmentSettings])
def switch_fulfilment(
    request: HttpRequest, payload: FulfilmentSettings
) -> Envelope[FulfilmentSettings]:
    """Set the timer as the body says, and as it was at first where the body is silent."""
    timer = AutoFulfil.switch(**payload.model_dump())
    return Envelope(data=FulfilmentSettings.model_validate(timer))


@api.post("/reset", response=Envelope[Reset])
def reset(request: HttpRequest) -> Envelope[Reset]:
    """Forget everything: what is there, faults, timer, and what was spent of the rate limit."""
    Faults.objects.all().delete()
    AutoFulfil.objects.all().delete()
    Creator.objects.all().delete()
    _, deleted = Session.objects.all().delete()
    limiter.forget()
    return Envelope(data=Reset(deleted=deleted.get("sandbox.Session", 0)))
