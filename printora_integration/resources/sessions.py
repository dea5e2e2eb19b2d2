"""Create and read print sessions."""

from dataclasses import dataclass

from printora_integration.arguments import (
    endpoint,
    require_absolute,
    require_exactly_one,
    require_header_text,
    require_number,
    require_text,
    without_none,
)
from printora_integration.exceptions import ArgumentError
from printora_integration.replies import parse
from printora_integration.schemas import PartnerSession, SessionByToken

from .base import Resource

_SAME_OR_NEW = frozenset({200, 201, 409})  # 409 with success: the same session again


@dataclass(frozen=True, kw_only=True, repr=False)  # personal data stays out of logs
class UserData:
    """Say what is known of the visitor, to prefill the checkout."""

    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    name: str | None = None


class Sessions(Resource):
    """Create and read print sessions. Printora: "Session Management"."""

    def create(
        self,
        *,
        idempotency_key: str,
        success_url: str,
        failed_url: str,
        image_url: str | None = None,
        creator_id: str | None = None,
        merch_id: str | None = None,
        variant_id: str | None = None,
        quantity: int | None = None,
        user_data: UserData | None = None,
    ) -> PartnerSession:
        """Create a session, or get the one that this key made before.

        Give exactly one of `image_url` (flow A: any picture), `creator_id` (flow B: a creator's
        shelf) and `merch_id` (flow C: one item; `variant_id` and `quantity`, 1 to 100, go with it).
        URLs are absolute. Raises NotFoundError or PermissionDeniedError for a creator or an item
        that is not ours. Printora: "Create Session".
        """
        require_exactly_one(image_url=image_url, creator_id=creator_id, merch_id=merch_id)
        require_absolute(image_url=image_url, success_url=success_url, failed_url=failed_url)
        require_header_text(idempotency_key=idempotency_key)
        _require_ids(creator_id=creator_id, merch_id=merch_id, variant_id=variant_id)
        _require_merch(merch_id, variant_id=variant_id, quantity=quantity)
        require_number("quantity", quantity, 1, 100)
        headers = {"Idempotency-Key": idempotency_key}
        body = without_none(
            imageUrl=image_url,
            creatorId=creator_id,
            merchId=merch_id,
            variantId=variant_id,
            quantity=quantity,
            successUrl=success_url,
            failedUrl=failed_url,
            userData=_told(user_data),
        )
        path = endpoint("partner-session")
        reply = self._call("POST", path, json=body, headers=headers, accept=_SAME_OR_NEW)
        return parse(PartnerSession, reply)

    def get(self, session_id: str) -> PartnerSession:
        """Return a session with its status and its order, if there is one.

        Raises NotFoundError. Printora: "Session Management".
        """
        path = endpoint("partner-session/{session_id}", session_id=session_id)
        return parse(PartnerSession, self._call("GET", path))

    def by_token(self, token: str) -> SessionByToken:
        """Return whether a visitor's link still works; `token` is the last part of that link.

        Raises NotFoundError for a token that never was. Printora: "Session Management".
        """
        path = endpoint("partner-session/by-token/{token}", token=token)
        return parse(SessionByToken, self._call("GET", path))


def _told(user_data: UserData | None) -> dict[str, str] | None:
    if user_data is None:
        return None
    told = without_none(
        email=user_data.email,
        firstName=user_data.first_name,
        lastName=user_data.last_name,
        name=user_data.name,
    )
    return told or None


def _require_ids(**ids: str | None) -> None:
    for argument, value in ids.items():
        if value is not None:
            require_text(argument, value, longest=128)


def _require_merch(merch_id: str | None, **only_for_merch: object) -> None:
    for argument, value in only_for_merch.items():
        if value is not None and merch_id is None:
            raise ArgumentError(f"{argument} goes with merch_id only.")
