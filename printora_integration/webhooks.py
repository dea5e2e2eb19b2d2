"""Receive Printora's webhooks: verify, parse, record, signal, reply.

One delivery is one database transaction: the event and everything that the receivers of
`order_event` make of it are kept together or not at all. The request touches the database and
nothing else.
"""

import logging
import traceback

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from . import exceptions as errors
from .inbox import record
from .inputs import listed
from .models import RefusedDelivery
from .notices import WebhookNotice
from .payloads import parse_notice
from .signatures import HEADER, verify

logger = logging.getLogger(__name__)

MAX_BODY = 2**20  # bytes


@csrf_exempt
@login_not_required
def receive(request: HttpRequest) -> JsonResponse:
    """Answer one delivery: 200 when it is kept or was before, else why not.

    Replies as in the table of Printora's "Webhook Response Format".
    """
    # 405 not POST · 411 no length · 413 too large · 401 signature · 400 payload · 500 we failed
    try:
        body = _read_body(request)
        secret = _verify(body, request.headers.get(HEADER))
        notice = _parse(body)
        is_new = record(notice, body=body.decode())
    except errors.WebhookRefusedError as refusal:
        logger.warning("webhook refused: %s %s", refusal.status, refusal)
        headers = {"Allow": "POST"} if refusal.status == 405 else None
        return JsonResponse({"error": str(refusal)}, status=refusal.status, headers=headers)
    except Exception as error:  # noqa: BLE001 -- whatever it is, Printora must try again
        # The type and the place: messages of databases quote values.
        logger.error("webhook not processed: %s at %s", type(error).__name__, _place(error))  # noqa: TRY400
        return JsonResponse({"error": "Processing failed"}, status=500)
    outcome = "new" if is_new else "duplicate"
    logger.info("webhook %s: %s, %s", outcome, notice.event_type or "unknown", secret)
    return JsonResponse({"received": True, "duplicate": not is_new})


def _verify(body: bytes, header: str | None) -> str:
    """Return which secret signed the body, as `secret 1 of 2`; the newest is the first.

    While rotating, whatever is not the first tells you that Printora still signs with an old one.
    """
    secrets = listed(settings.PRINTORA_WEBHOOK_SECRETS)
    return f"secret {verify(body, header, secrets) + 1} of {len(secrets)}"


def _parse(body: bytes) -> WebhookNotice:
    """Parse a body that Printora signed; one that we cannot take is kept for a person to see."""
    try:
        return parse_notice(body)
    except errors.InvalidPayloadError as refusal:
        _keep(body, reason=refusal.reason)
        raise


def _keep(body: bytes, *, reason: str) -> None:
    """Keep a refused body where that is possible; the reply is 400 in any case.

    A database that is down is no reason for a 500: Printora sends again whatever was not answered
    with 2xx, so that a later try is kept, and a 500 would blame us for what is wrong with the body.
    """
    try:
        RefusedDelivery.keep(body, reason=reason)
    except Exception as error:  # noqa: BLE001 -- see above
        kind, place = type(error).__name__, _place(error)
        logger.error("refused webhook not kept: %s at %s; it was: %s", kind, place, reason)  # noqa: TRY400


def _place(error: Exception) -> str:
    """Return where an error was raised, as `file:line function`."""
    *_outer, (frame, line) = traceback.walk_tb(error.__traceback__)
    return f"{frame.f_code.co_filename}:{line} {frame.f_code.co_name}"


def _read_body(request: HttpRequest) -> bytes:
    """Return the raw body; raise before reading what is not a POST of a known, bearable length."""
    if request.method != "POST":
        raise errors.MethodNotAllowedError
    length = request.META.get("CONTENT_LENGTH")
    if not length:
        raise errors.LengthRequiredError
    if not length.isdecimal() or len(length) > 10 or int(length) > MAX_BODY:  # int() has limits
        raise errors.PayloadTooLargeError
    try:
        return request.body
    except UnreadablePostError:  # the sender hung up; nobody will read the reply
        raise errors.InvalidPayloadError from None
