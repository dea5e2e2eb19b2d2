"""The answer of Printora to a request for another delivery."""

from printora_integration.schemas.api import DeliveryStatus, Redelivery

from .output import Output


def print_redelivery(redelivery: Redelivery, out: Output) -> None:
    """Print whether the webhook comes again, and under which log."""
    event = redelivery.event_type or "The webhook"
    outcome = (
        "had arrived before: nothing to do"
        if redelivery.status == DeliveryStatus.SENT
        else f"is on its way ({redelivery.status or 'status unknown'})"
    )
    out.result(
        redelivery.model_dump(mode="json", by_alias=True),
        message=f"{event} {outcome}. Log {redelivery.webhook_log_id}.",
    )
