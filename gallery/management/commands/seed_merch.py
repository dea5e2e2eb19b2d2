"""Create the demo's merch through Printora's API, like any partner."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gallery.management.commands.seed import SEED_DIR
from gallery.merch.sync import save_creator, save_item, sync_all
from gallery.models import Artwork, Creator
from printora_integration.exceptions import PrintoraError
from printora_integration.merch import MerchClient, get_background_merch_client
from printora_integration.merch.schemas import Product


class Command(BaseCommand):
    """The command `seed_merch`, for what Printora lacks of gallery/management/seed/merch.json."""

    help = "Create the demo's creators and merch at Printora; existing ones are left as they are."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Read what Printora has, create what is missing, and report the number in one line."""
        client = get_background_merch_client()
        seed = json.loads((SEED_DIR / "merch.json").read_text("utf-8"))
        try:
            sync_all(client)
            products = {product.id: product for product in client.catalog.iterate()}
            count = sum(seed_creator(client, products, slug, items) for slug, items in seed.items())
        except PrintoraError as error:
            raise CommandError(f"The merch could not be created: {error}") from error
        self.stdout.write(f"Created {count} merch items at Printora.")


def seed_creator(
    client: MerchClient, products: dict[str, Product], slug: str, items: list[dict[str, Any]]
) -> int:
    """Create one creator's items where there are none; return how many were created."""
    creator = Creator.objects.get(slug=slug)
    if not creator.printora_id:
        record = client.creators.create(
            name=creator.name, slug=creator.slug, description=creator.bio or None
        )
        creator = save_creator(record, creator=creator)
    if creator.merch.exists():
        return 0
    for item in items:
        create_item(client, creator, products[item["product"]], item)
    return len(items)


def create_item(
    client: MerchClient, creator: Creator, product: Product, item: dict[str, Any]
) -> None:
    """Create one item with one of the gallery's pictures on it."""
    artwork = Artwork.objects.get(slug=item["artwork"])
    created = client.merch.create(
        str(creator.printora_id),
        title=item["title"],
        description=item["description"],
        product_id=product.id,
        variant_ids=[each.id for each in product.variants if each.color in item["colours"]]
        or [each.id for each in product.variants],
        design_image_url=artwork.master_url,
        stock_limit=item.get("stock"),
    )
    row = save_item(creator, created.merch)
    if created.edit_session:
        row.set_editor_link(created.edit_session.editor_url, created.edit_session.expires_at)
