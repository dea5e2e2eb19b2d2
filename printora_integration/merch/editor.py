"""Designs behind an editor's link; the link's token is the credential."""

from collections.abc import Mapping

from pydantic import JsonValue

from printora_integration.client.resources.base import CREATED, Resource
from vendor_kit.arguments import quote_path, require_absolute, without_none
from vendor_kit.exceptions import ArgumentError
from vendor_kit.responses import parse

from .schemas import Merch, MerchEditor

_ONE = "merch-editor/by-token/{token}"


class MerchEditors(Resource):
    """Designs behind an editor's link, for an editor of your own.

    `token` is an EditSession's.
    Printora: https://docs.printora.ai/partner-api, `/merch-editor/by-token/:token`.
    """

    def by_token(self, token: str) -> MerchEditor:
        """Return the item behind a link that still works.

        Raises NotFoundError for a token that never was, and GoneError, its code SESSION_USED or
        SESSION_EXPIRED, for one that works no more.
        Printora: https://docs.printora.ai/partner-api, `GET /merch-editor/by-token/:token`.
        """
        return parse(MerchEditor, self._request("GET", quote_path(_ONE, token=token)))

    def save(
        self,
        token: str,
        *,
        konva_metadata: Mapping[str, JsonValue],
        design_image_url: str | None = None,
    ) -> Merch:
        """Save a design, use up the link, and return the item.

        `konva_metadata` is the editor's own, any JSON object; without `design_image_url` (absolute)
        the item keeps its picture. Raises as `by_token` does; after a TransportError the design may
        be saved, and the link used up.
        Printora: https://docs.printora.ai/partner-api, `POST /merch-editor/by-token/:token/save`.
        """
        if not isinstance(konva_metadata, Mapping):
            raise ArgumentError("konva_metadata must be a JSON object.")
        require_absolute(design_image_url=design_image_url)
        body = without_none(konvaMetadata=dict(konva_metadata), designImageUrl=design_image_url)
        path = quote_path(f"{_ONE}/save", token=token)
        return parse(Merch, self._request("POST", path, json=body, accept=CREATED), "merch")
