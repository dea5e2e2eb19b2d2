"""Print sessions: create and read them."""

from printora_integration.schemas.api import PartnerSession, SessionByToken
from printora_integration.schemas.requests import PrintChoice, UserData
from vendor_kit.arguments import quote_path, require_absolute, require_header_text
from vendor_kit.responses import parse

from .base import Resource

_SAME_OR_NEW = frozenset({200, 201, 409})  # 409 with success: the same session again


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
        if visitor := user_data.as_body() if user_data else None:
            body["userData"] = visitor
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

        Raises NotFoundError for a token that never was. Printora: "Session Management",
        `GET /partner-session/by-token/:token`.
        """
        path = quote_path("partner-session/by-token/{token}", token=token)
        return parse(SessionByToken, self._request("GET", path))
