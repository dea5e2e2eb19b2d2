"""Send a made-up event to our own endpoint, correctly signed; a new session unless one is named."""

import json
import re
import uuid
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.urls import reverse

from printora_integration.arguments import require_absolute
from printora_integration.client import post_webhook
from printora_integration.exceptions import ArgumentError, WebhookRefusedError
from printora_integration.inputs import listed
from printora_integration.models import WebhookEvent
from printora_integration.notices import EventType
from printora_integration.payloads import parse_notice
from printora_integration.replies import Reply
from printora_integration.samples import sample_order_id, sample_webhook
from printora_integration.wire import opaque_id

from .options import Options
from .output import Output


def add_arguments(parser: CommandParser) -> None:
    """Declare which event, of which session, and where to."""
    parser.add_argument("event", choices=[str(event) for event in EventType])
    parser.add_argument("--session", metavar="ID", help="go on with this session")
    parser.add_argument("--url", help="another endpoint than APP_URL's")
    parser.add_argument(
        "--force", action="store_true", help="even with a live key, among real orders"
    )


def run(options: Options, out: Output) -> None:
    """Send it, and print the reply and whether the event was new."""
    _refuse_among_real_orders(force=options["force"])
    session_id = _session_id(options["session"])
    url = options["url"] or urljoin(str(settings.APP_URL), reverse("printora:webhook"))
    require_absolute(**{"--url": url})
    body = sample_webhook(
        EventType(options["event"]), session_id=session_id, order_id=_order_id(session_id)
    )
    reply = post_webhook(url, body, secret=listed(settings.PRINTORA_WEBHOOK_SECRETS)[0])
    told = _told(reply)
    if reply.status != 200:
        raise CommandError(f"{url} answered {reply.status}: {told.get('error', 'no reason given')}")
    kind = "a duplicate" if told.get("duplicate") is True else "new"
    out.result(
        {"sessionId": session_id, "event": options["event"], "status": reply.status, "reply": told},
        words=f"{options['event']} of session {session_id} is {kind}.\n"
        f"{url} answered {reply.status} {json.dumps(told)}",
    )


def _refuse_among_real_orders(*, force: bool) -> None:
    if re.match(r"[ps]k_live_", settings.PRINTORA_API_KEY.strip()) and not force:
        raise CommandError(
            "PRINTORA_API_KEY is a live key, and a made-up order would stand among real ones: "
            "add --force if you mean it."
        )


def _session_id(asked: str | None) -> str:
    if asked is None:
        return str(uuid.uuid4())
    session_id = opaque_id(asked)
    if session_id is None:
        raise ArgumentError("--session must be an id: 1 to 128 printable characters.")
    return session_id


def _order_id(session_id: str) -> str:
    """Return the order that the session's events told of, else a made-up one.

    A second order in one session is not merged into the first.
    """
    for body in WebhookEvent.objects.filter(session_id=session_id).values_list("body", flat=True):
        try:
            notice = parse_notice(body.encode())
        except WebhookRefusedError:  # kept before we were this strict, or made anonymous
            continue
        if notice.data is not None:
            return notice.data.order_id
    return sample_order_id(session_id)


def _told(reply: Reply) -> dict[str, Any]:
    try:
        record = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}
