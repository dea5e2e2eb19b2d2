"""Sign and verify webhook bodies. Bytes in, no Django: copy it, exceptions.py and inputs.py.

The signature is HMAC-SHA256 over the raw body; the key is the whole secret, `whsec_` included.
Never verify re-serialised JSON: `José` and `20.10` do not survive the trip.
"""

import hmac
import re
from collections.abc import Sequence

from .exceptions import InvalidSignatureError
from .inputs import listed

HEADER = "x-printora-signature"
_FORM = re.compile(r"sha256=[0-9a-f]{64}")


def sign(body: bytes, secret: str) -> str:
    """Return the header value that Printora would send with this body."""
    return "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()


def verify(body: bytes, header: str | None, secrets: str | Sequence[str]) -> int:
    """Return the position of the secret that signed these bytes, the newest being 0.

    `secrets` is a list, or one text with commas. Anything but 0 tells you, while rotating, that
    Printora still signs with an older one.
    Raises InvalidSignatureError for anything but exactly `sha256=` and the 64 lower-case hex digits
    that match, and always when no secret is configured.
    """
    if header is None or not _FORM.fullmatch(header):
        raise InvalidSignatureError
    for position, secret in enumerate(listed(secrets)):
        # As bytes: compare_digest raises on text that is not ASCII.
        if hmac.compare_digest(sign(body, secret).encode(), header.encode()):
            return position
    raise InvalidSignatureError
