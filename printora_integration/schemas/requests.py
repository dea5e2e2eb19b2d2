"""What a print session is asked for: each value is checked once, here."""

from dataclasses import dataclass
from typing import Any

from vendor_kit.arguments import (
    MAX_ID_LENGTH,
    require_absolute,
    require_exactly_one,
    require_number,
    require_text,
    without_none,
)
from vendor_kit.exceptions import ArgumentError

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
        ids = {"creator_id": self.creator_id, "merch_id": self.merch_id}
        require_exactly_one(image_url=self.image_url, **ids)
        require_absolute(image_url=self.image_url)
        for argument, value in (ids | {"variant_id": self.variant_id}).items():
            if value is not None:
                require_text(argument, value, max_length=MAX_ID_LENGTH)
        if self.merch_id is None and (self.variant_id is not None or self.quantity is not None):
            argument = "quantity" if self.variant_id is None else "variant_id"
            raise ArgumentError(f"{argument} goes with merch_id only.")
        require_number("quantity", self.quantity, 1, MAX_QUANTITY)

    def as_body(self) -> dict[str, Any]:
        """Return the choice as fields of `POST /partner-session`."""
        return without_none(
            imageUrl=self.image_url,
            creatorId=self.creator_id,
            merchId=self.merch_id,
            variantId=self.variant_id,
            quantity=self.quantity,
        )


@dataclass(frozen=True, kw_only=True, repr=False)  # personal data must not reach a log
class UserData:
    """What is known of the visitor, to prefill the checkout."""

    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    name: str | None = None

    def as_body(self) -> dict[str, Any]:
        """Return the data as fields of `userData`."""
        return without_none(
            email=self.email,
            firstName=self.first_name,
            lastName=self.last_name,
            name=self.name,
        )
