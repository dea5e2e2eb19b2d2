"""Give the demo's creators something to sell: through Printora's API, like any partner."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gallery.management.commands.seed import SEED_DIR
from gallery.merch.mirror import keep_creator, keep_merch, refresh_all
from gallery.models import Artwork, Creator
from printora_integration.exceptions import PrintoraError
from printora_integration.merch import MerchClient, get_background_merch_client
from printora_integration.merch.schemas import Product


class Command(BaseCommand):
    """Make the creators and items of gallery/seed/merch.json that Printora does not have yet."""

    help = "Create the demo's creators and merch at Printora; what is there is left as it is."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Read what Printora has, then make what it lacks, and say so in one line."""
        client = get_background_merch_client()
        wanted = json.loads((SEED_DIR / "merch.json").read_text("utf-8"))
        try:
            refresh_all(client)
            products = {product.id: product for product in client.catalog.iterate()}
            made = sum(seed_creator(client, products, *of) for of in wanted.items())
        except PrintoraError as error:
            raise CommandError(f"The merch could not be made: {error}") from error
        self.stdout.write(f"Made {made} merch items at Printora.")


def seed_creator(
    client: MerchClient, products: dict[str, Product], slug: str, items: list[dict[str, Any]]
) -> int:
    """Make one creator's items where there are none; return how many were made."""
    creator = Creator.objects.get(slug=slug)
    if not creator.printora_id:
        told = client.creators.create(
            name=creator.name, slug=creator.slug, description=creator.bio or None
        )
        creator = keep_creator(told, creator=creator)
    if creator.merch.exists():
        return 0
    for item in items:
        make_item(client, creator, products[item["product"]], item)
    return len(items)


def make_item(
    client: MerchClient, creator: Creator, product: Product, item: dict[str, Any]
) -> None:
    """Make one item with one of the gallery's pictures on it."""
    artwork = Artwork.objects.get(slug=item["artwork"])
    made = client.merch.create(
        str(creator.printora_id),
        title=item["title"],
        description=item["description"],
        product_id=product.id,
        variant_ids=[each.id for each in product.variants if each.color in item["colours"]]
        or [each.id for each in product.variants],
        design_image_url=artwork.master_url,
        stock_limit=item.get("stock"),
    )
    kept = keep_merch(creator, made.merch)
    if made.edit_session:
        kept.keep_editor_link(made.edit_session.editor_url, made.edit_session.expires_at)
