"""A request that carried a valid key."""

from django.http import HttpRequest

from printora_sandbox.partners import Partner


class PartnerRequest(HttpRequest):
    """What the API's views are given: ``auth`` is the partner behind the key."""

    auth: Partner
