"""Signatures of webhook bodies: bytes in, no Django.

A signature is HMAC-SHA256 over the raw body; the key is the whole secret, prefix included. Never
verify JSON that was read and written again: `José` and `20.10` do not come out as they went in.
"""

import hmac
import re
from collections.abc import Sequence

from .arguments import split_list
from .exceptions import InvalidSignatureError

_FORMAT = re.compile(r"sha256=[0-9a-f]{64}")


def sign(body: bytes, secret: str) -> str:
    """Return the value of the signature header that the vendor would send with this body."""
    return "sha256=" + hmac.new(secret.encode(), body, "sha256").hexdigest()


def verify(body: bytes, header: str | None, secrets: str | Sequence[str]) -> int:
    """Return the position of the secret that signed these bytes, the newest being 0.

    `secrets` is a list, or one text with commas. While you rotate secrets, anything but 0 means
    that the vendor still signs with an older one.
    Raises InvalidSignatureError for anything but exactly `sha256=` and the 64 lower-case hex digits
    that match, and always when no secret is configured.
    """
    if header is None or not _FORMAT.fullmatch(header):
        raise InvalidSignatureError
    for position, secret in enumerate(split_list(secrets)):
        # As bytes: compare_digest raises on text that is not ASCII.
        if hmac.compare_digest(sign(body, secret).encode(), header.encode()):
            return position
    raise InvalidSignatureError
