"""Say what Printora does about a webhook that was asked for again."""

from printora_integration.schemas import DeliveryStatus, Redelivery

from .output import Output


def tell(redelivery: Redelivery, out: Output) -> None:
    """Print whether it comes again, and under which log."""
    event = redelivery.event_type or "The webhook"
    told = (
        "had arrived before: nothing to do"
        if redelivery.status == DeliveryStatus.SENT
        else f"is on its way ({redelivery.status or 'status unknown'})"
    )
    out.result(
        redelivery.model_dump(mode="json", by_alias=True),
        words=f"{event} {told}. Log {redelivery.webhook_log_id}.",
    )
