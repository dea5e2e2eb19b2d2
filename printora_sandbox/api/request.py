"""Requests with a valid API key."""

from django.http import HttpRequest

from printora_sandbox.partners import Partner


class PartnerRequest(HttpRequest):
    """A request to the API; ``auth`` is the partner of its key."""

    auth: Partner
