"""Send a sample event to our own endpoint, correctly signed; a new session unless one is named."""

import json
import re
import uuid
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

from django.core.management.base import CommandError, CommandParser
from django.urls import reverse

from printora_integration import conf
from printora_integration.cli.samples import sample_order_id, sample_webhook
from printora_integration.exceptions import ArgumentError, WebhookRefusedError
from printora_integration.models import WebhookEvent
from printora_integration.payloads import parse_payload
from printora_integration.schemas.webhooks import EventType
from vendor_kit.arguments import require_absolute
from vendor_kit.fields import parse_opaque_id
from vendor_kit.responses import Response
from vendor_kit.signatures import sign
from vendor_kit.transport import post_webhook

from .options import Options
from .output import Output


def add_arguments(parser: CommandParser) -> None:
    """Declare the event, its session, and the endpoint."""
    parser.add_argument("event", choices=[str(event) for event in EventType])
    parser.add_argument("--session", metavar="ID", help="go on with this session")
    parser.add_argument("--url", help="another endpoint than PRINTORA_SITE_URL's")
    parser.add_argument(
        "--force", action="store_true", help="even with a live key, among real orders"
    )


def run(options: Options, out: Output) -> None:
    """Send it, and print the response and whether the event was new."""
    _refuse_among_real_orders(force=options["force"])
    session_id = _session_id(options["session"])
    url = options["url"] or urljoin(conf.site_url(), reverse("printora:webhook"))
    require_absolute(**{"--url": url})
    body = sample_webhook(
        EventType(options["event"]), session_id=session_id, order_id=_order_id(session_id)
    )
    response = post_webhook(
        url,
        body,
        headers={
            conf.SIGNATURE_HEADER: sign(body, conf.webhook_secrets()[0]),
            "Content-Type": "application/json",
            "User-Agent": "Printora-Webhook/1.0",
        },
    )
    answer = _json_object(response)
    if response.status != HTTPStatus.OK:
        raise CommandError(
            f"{url} answered {response.status}: {answer.get('error', 'no reason given')}"
        )
    kind = "a duplicate" if answer.get("duplicate") is True else "new"
    out.result(
        {
            "sessionId": session_id,
            "event": options["event"],
            "status": response.status,
            "response": answer,
        },
        message=f"{options['event']} of session {session_id} is {kind}.\n"
        f"{url} answered {response.status} {json.dumps(answer)}",
    )


def _refuse_among_real_orders(*, force: bool) -> None:
    if re.match(r"[ps]k_live_", conf.api_key()) and not force:
        raise CommandError(
            "PRINTORA_API_KEY is a live key, and a sample order would stand among real ones: "
            "add --force if you mean it."
        )


def _session_id(requested: str | None) -> str:
    if requested is None:
        return str(uuid.uuid4())
    session_id = parse_opaque_id(requested)
    if session_id is None:
        raise ArgumentError("--session must be an id: 1 to 128 printable characters.")
    return session_id


def _order_id(session_id: str) -> str:
    """Return the order of the session's events, else a sample one.

    A second order in one session is not merged into the first.
    """
    for body in WebhookEvent.objects.filter(session_id=session_id).values_list("body", flat=True):
        try:
            payload = parse_payload(body.encode())
        except WebhookRefusedError:  # stored before we were this strict, or anonymised
            continue
        if payload.data is not None:
            return payload.data.order_id
    return sample_order_id(session_id)


def _json_object(response: Response) -> dict[str, Any]:
    try:
        record = json.loads(response.body)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}
