"""The endpoint for Printora's webhooks: verify, parse, process, respond.

One delivery is one database transaction: the event and everything that the receivers of
`order_event` make of it are stored together or not at all. The request touches the database and
nothing else.
"""

import logging
import traceback
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from printora_integration import exceptions as errors
from printora_integration.conf import SIGNATURE_HEADER
from printora_integration.models import RefusedDelivery
from printora_integration.payloads import parse_payload
from printora_integration.schemas.webhooks import WebhookPayload
from vendor_kit.arguments import split_list
from vendor_kit.signatures import verify

from .processing import process

logger = logging.getLogger(__name__)

MAX_BODY = 2**20  # bytes


@csrf_exempt
@login_not_required
def receive(request: HttpRequest) -> JsonResponse:
    """Answer one delivery: 200 when it is stored or was before, else why not.

    Responses as in the table of Printora's "Webhook Response Format".
    """
    # 405 not POST · 411 no length · 413 too large · 401 signature · 400 payload · 500 we failed
    try:
        body = _read_body(request)
        secrets = split_list(settings.PRINTORA_WEBHOOK_SECRETS or [])
        position = verify(body, request.headers.get(SIGNATURE_HEADER), secrets)
        payload = _parse(body)
        is_new = process(payload, body=body.decode())
    except errors.WebhookRefusedError as refusal:
        logger.warning("webhook refused: %s %s", refusal.status, refusal)
        headers = {"Allow": "POST"} if refusal.status == HTTPStatus.METHOD_NOT_ALLOWED else None
        return JsonResponse({"error": str(refusal)}, status=refusal.status, headers=headers)
    except Exception as error:  # noqa: BLE001 -- whatever it is, Printora must try again
        # The type and the place: messages of databases quote values.
        logger.error("webhook not processed: %s at %s", type(error).__name__, _place(error))  # noqa: TRY400
        return JsonResponse({"error": "Processing failed"}, status=HTTPStatus.INTERNAL_SERVER_ERROR)
    outcome, event = "new" if is_new else "duplicate", payload.event if payload.data else "unknown"
    # While you rotate secrets, anything but the first means that Printora signs with an older one.
    logger.info("webhook %s: %s, secret %d of %d", outcome, event, position + 1, len(secrets))
    return JsonResponse({"received": True, "duplicate": not is_new})


def _parse(body: bytes) -> WebhookPayload:
    """Parse a signed body; one that we cannot accept is stored, for staff to review."""
    try:
        return parse_payload(body)
    except errors.InvalidPayloadError as refusal:
        _store_refused(body, reason=refusal.reason)
        raise


def _store_refused(body: bytes, *, reason: str) -> None:
    """Store a refused body where that is possible; the response is 400 in any case.

    A database that is down is no reason for a 500: Printora sends again whatever was not answered
    with 2xx, so that a later attempt is stored, and a 500 would blame us for a wrong body.
    """
    try:
        RefusedDelivery.store(body, reason=reason)
    except Exception as error:  # noqa: BLE001 -- see above
        kind, place = type(error).__name__, _place(error)
        logger.error("refused webhook not stored: %s at %s; it was: %s", kind, place, reason)  # noqa: TRY400


def _place(error: Exception) -> str:
    """Return where an error was raised, as `file:line function`."""
    *_outer, (frame, line) = traceback.walk_tb(error.__traceback__)
    return f"{frame.f_code.co_filename}:{line} {frame.f_code.co_name}"


def _read_body(request: HttpRequest) -> bytes:
    """Return the raw body; raise before reading what is not a POST of a known, bounded length."""
    if request.method != "POST":
        raise errors.MethodNotAllowedError
    length = request.META.get("CONTENT_LENGTH")
    if not length:
        raise errors.LengthRequiredError
    if not length.isdecimal() or len(length) > 10 or int(length) > MAX_BODY:  # int() has limits
        raise errors.PayloadTooLargeError
    try:
        return request.body
    except UnreadablePostError:  # the sender hung up; nobody will read the response
        raise errors.InvalidPayloadError from None
