"""Print sessions: what is asked for, each value checked once, and the calls."""

from dataclasses import dataclass
from typing import Any

from printora_integration.schemas.api import PartnerSession, SessionByToken
from vendor_kit.arguments import (
    MAX_ID_LENGTH,
    quote_path,
    require_absolute,
    require_exactly_one,
    require_header_text,
    require_number,
    require_text,
)
from vendor_kit.exceptions import ArgumentError
from vendor_kit.responses import parse

from .base import Resource

_SAME_OR_NEW = frozenset({200, 201, 409})  # 409 with success: the same session again
MAX_QUANTITY = 100  # copies of a merch item in one session: Printora refuses more


@dataclass(frozen=True, kw_only=True)
class PrintChoice:
    """What a visitor chose to print.

    Exactly one of `image_url` (flow A: any picture, absolute and public), `creator_id` (flow B: the
    merch of one creator) and `merch_id` (flow C: one item; `variant_id` and `quantity`, 1 to 100,
    go with it). Raises ArgumentError for anything else. Printora: "Create Session".
    """

    image_url: str | None = None
    creator_id: str | None = None
    merch_id: str | None = None
    variant_id: str | None = None
    quantity: int | None = None

    def __post_init__(self) -> None:
        require_exactly_one(
            image_url=self.image_url, creator_id=self.creator_id, merch_id=self.merch_id
        )
        if self.merch_id is None and (self.variant_id is not None or self.quantity is not None):
            argument = "quantity" if self.variant_id is None else "variant_id"
            raise ArgumentError(f"{argument} goes with merch_id only.")
        if self.image_url is not None:
            require_absolute(image_url=self.image_url)
            return
        for argument in ("creator_id", "merch_id", "variant_id"):
            if (value := getattr(self, argument)) is not None:
                require_text(argument, value, max_length=MAX_ID_LENGTH)
        require_number("quantity", self.quantity, 1, MAX_QUANTITY)

    def as_body(self) -> dict[str, Any]:
        """Return the choice as fields of `POST /partner-session`."""
        fields = {
            "imageUrl": self.image_url,
            "creatorId": self.creator_id,
            "merchId": self.merch_id,
            "variantId": self.variant_id,
            "quantity": self.quantity,
        }
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True, kw_only=True, repr=False)  # personal data must not reach a log
class UserData:
    """What is known of the visitor, to prefill the checkout."""

    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    name: str | None = None

    def as_body(self) -> dict[str, Any]:
        """Return the data as fields of `userData`."""
        fields = {
            "email": self.email,
            "firstName": self.first_name,
            "lastName": self.last_name,
            "name": self.name,
        }
        return {name: value for name, value in fields.items() if value is not None}


class Sessions(Resource):
    """Print sessions.

    Printora: https://docs.printora.ai/partner-api, "Session Management".
    """

    def create(
        self,
        choice: PrintChoice,
        *,
        idempotency_key: str,
        success_url: str,
        failed_url: str,
        user_data: UserData | None = None,
    ) -> PartnerSession:
        """Create a session, or get the one that this key made before.

        The URLs are absolute. Raises NotFoundError or PermissionDeniedError for a creator or an
        item that is not ours.
        Printora: https://docs.printora.ai/partner-api, "Create Session", `POST /partner-session`.
        """
        require_absolute(success_url=success_url, failed_url=failed_url)
        require_header_text(idempotency_key=idempotency_key)
        body = choice.as_body() | {"successUrl": success_url, "failedUrl": failed_url}
        if user_fields := user_data.as_body() if user_data else None:
            body["userData"] = user_fields
        headers = {"Idempotency-Key": idempotency_key}
        record = self._request(
            "POST", "partner-session", json=body, headers=headers, accept=_SAME_OR_NEW
        )
        return parse(PartnerSession, record)

    def get(self, session_id: str) -> PartnerSession:
        """Return a session with its status and its order, if there is one.

        Raises NotFoundError.
        Printora: https://docs.printora.ai/partner-api, `GET /partner-session/:sessionId`.
        """
        path = quote_path("partner-session/{session_id}", session_id=session_id)
        return parse(PartnerSession, self._request("GET", path))

    def by_token(self, token: str) -> SessionByToken:
        """Return whether a visitor's link still works; `token` is the last part of that link.

        Raises NotFoundError for a token that never was.
        Printora: https://docs.printora.ai/partner-api, `GET /partner-session/by-token/:token`.
        """
        path = quote_path("partner-session/by-token/{token}", token=token)
        return parse(SessionByToken, self._request("GET", path))
