"""An authenticator app of our own: RFC 6238 with SHA-1, six digits and steps of 30 seconds."""

import base64
import hashlib
import hmac
import re
import struct
import time

from django.test import Client

STEP = 30  # seconds
SET_UP = "/accounts/second-factor/set-up/"


def totp(secret: bytes, *, steps: int = 0) -> str:
    """Return the code of now, or of some steps earlier or later."""
    counter = struct.pack(">Q", int(time.time()) // STEP + steps)
    digest = hmac.new(secret, counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def shown_secret(client: Client) -> bytes:
    """Return the secret that the page shows as text."""
    page = client.get(SET_UP).content.decode()
    found = re.search(r"qr-code__secret\">([A-Z2-7-]+)<", page)
    assert found
    return base64.b32decode(found[1].replace("-", ""))
