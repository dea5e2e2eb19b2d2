"""What every resource has: the transport, and the statuses that mean success."""

from vendor_kit.transport import Transport

CREATED = frozenset({200, 201})
QUEUED = frozenset({200, 201, 202})
DELETED = frozenset({200, 204})


class Resource:
    """The endpoints of one resource; its only state is the transport."""

    def __init__(self, transport: Transport) -> None:
        self._request = transport.request
