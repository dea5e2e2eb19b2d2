"""The transports to the broker: kombu's own, with what a worker needs to survive a bad day.

`messages` refuses what is no task of ours, `files` is the broker of the demo, and `redis` that of
production.
"""

from kombu.transport import TRANSPORT_ALIASES


def install_transports() -> None:
    """Use our transports for every broker connection of this process, under kombu's names."""
    TRANSPORT_ALIASES["filesystem"] = "dreamcanvas.broker.files:Transport"
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = "dreamcanvas.broker.redis:Transport"
