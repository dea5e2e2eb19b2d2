"""The product catalog: products, their colours, sizes and prices."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Colour:
    """A colour of a product; ``code`` is ``#RRGGBB``."""

    slug: str
    name: str
    code: str


@dataclass(frozen=True)
class Size:
    """A size of a product and its price for one piece, in US dollars."""

    slug: str
    name: str
    price: Decimal


@dataclass(frozen=True, kw_only=True)
class Product:
    """A product to print on; ``slug`` also names its mock-up template."""

    slug: str
    name: str
    category: str
    description: str
    size_label: str = "Size"
    colours: tuple[Colour, ...]
    sizes: tuple[Size, ...]

    @property
    def from_price(self) -> Decimal:
        """The price of the cheapest size."""
        return min(size.price for size in self.sizes)

    @property
    def mockup(self) -> str:
        """The template that draws the product with a picture on it."""
        return f"sandbox/mockups/{self.slug}.svg"


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One product in one colour and one size."""

    product: Product
    colour: Colour
    size: Size

    @property
    def id(self) -> str:
        """The variant's id in the catalog."""
        return f"{self.product.slug}-{self.colour.slug}-{self.size.slug}"

    @property
    def name(self) -> str:
        """The colour and size for people: ``Navy / L``."""
        return f"{self.colour.name} / {self.size.name}"


def _colours(**codes: str) -> tuple[Colour, ...]:
    return tuple(
        Colour(slug, slug.replace("_", " ").capitalize(), code) for slug, code in codes.items()
    )


def _sizes(*pairs: tuple[str, str]) -> tuple[Size, ...]:
    return tuple(Size(name.lower().replace(" ", ""), name, Decimal(price)) for name, price in pairs)


PRODUCTS: tuple[Product, ...] = (
    Product(
        slug="t-shirt",
        name="Classic T-Shirt",
        category="Apparel",
        description="Heavyweight ring-spun cotton, printed across the chest.",
        colours=_colours(
            white="#ffffff",
            black="#22252a",
            navy="#23314f",
            heather="#b9bec4",
            forest="#2c5545",
            coral="#e8735f",
        ),
        sizes=_sizes(
            ("S", "19.99"), ("M", "19.99"), ("L", "19.99"), ("XL", "19.99"), ("2XL", "22.99")
        ),
    ),
    Product(
        slug="hoodie",
        name="Pullover Hoodie",
        category="Apparel",
        description="Brushed fleece with a lined hood and a kangaroo pocket.",
        colours=_colours(
            heather="#b9bec4", black="#22252a", navy="#23314f", sand="#d9c7a7", burgundy="#6b2336"
        ),
        sizes=_sizes(
            ("S", "39.99"), ("M", "39.99"), ("L", "39.99"), ("XL", "39.99"), ("2XL", "43.99")
        ),
    ),
    Product(
        slug="mug",
        name="Ceramic Mug",
        category="Drinkware",
        description="Glazed ceramic, safe in dishwasher and microwave.",
        colours=_colours(
            white="#ffffff", black="#22252a", sky="#7fb4d9", mint="#a5d3bd", mustard="#e0a93b"
        ),
        sizes=_sizes(("11 oz", "14.50"), ("15 oz", "17.50")),
    ),
    Product(
        slug="poster",
        name="Art Poster",
        category="Wall art",
        description="Museum-grade matte paper with pigment inks, in a slim frame.",
        colours=_colours(oak="#c39a6b", black="#22252a", white="#f5f5f2", walnut="#6a4a35"),
        sizes=_sizes(("12x16 in", "24.00"), ("18x24 in", "34.00"), ("24x36 in", "49.00")),
    ),
    Product(
        slug="canvas",
        name="Stretched Canvas",
        category="Wall art",
        description="Poly-linen on a deep pine frame, its edge in a colour of your choice.",
        colours=_colours(white="#f2f0ea", black="#26282c", linen="#cfc3ab", slate="#6d7a86"),
        sizes=_sizes(("10x10 in", "38.00"), ("16x16 in", "54.00"), ("24x24 in", "82.00")),
    ),
    Product(
        slug="tote",
        name="Canvas Tote",
        category="Bags",
        description="Twelve-ounce cotton canvas with long handles.",
        colours=_colours(natural="#ece3d0", black="#22252a", navy="#23314f", rose="#d99aa5"),
        sizes=_sizes(("One size", "18.00")),
    ),
    Product(
        slug="phone-case",
        name="Phone Case",
        category="Accessories",
        description="Two-layer case, printed edge to edge.",
        size_label="Model",
        colours=_colours(black="#22252a", white="#f4f4f4", blue="#3c5f8f", lilac="#b9a6d6"),
        sizes=_sizes(("Standard", "21.00"), ("Plus", "22.00"), ("Pro Max", "23.00")),
    ),
    Product(
        slug="cushion",
        name="Throw Cushion",
        category="Home",
        description="Woven cover with a hidden zip, insert included.",
        colours=_colours(ivory="#efe9dc", charcoal="#3b3f45", teal="#2f7673", blush="#dcaea4"),
        sizes=_sizes(("16x16 in", "29.00"), ("20x20 in", "36.00")),
    ),
    Product(
        slug="notebook",
        name="Hardcover Notebook",
        category="Stationery",
        description="Thread-bound, 160 dotted pages, with a ribbon and an elastic band.",
        colours=_colours(
            ink="#26324a", sage="#93a58b", cream="#ece2cc", berry="#8a2f4c", black="#22252a"
        ),
        sizes=_sizes(("A6", "14.00"), ("A5", "17.50")),
    ),
)


def product_by_slug(slug: str) -> Product | None:
    """Return the product with this slug, if there is one."""
    return next((product for product in PRODUCTS if product.slug == slug), None)


def find_products(*, category: str = "", search: str = "") -> list[Product]:
    """Return the products of a category that contain every search term.

    An empty filter matches every product.
    """
    terms = search.casefold().split()
    return [
        product
        for product in PRODUCTS
        if category.casefold() in ("", product.category.casefold())
        and all(term in _search_text(product) for term in terms)
    ]


def find_variant(product_slug: str, name: str) -> Variant | None:
    """Return the variant with this name, if the catalog still has it."""
    product = product_by_slug(product_slug)
    variants = variants_of(product) if product else ()
    return next((variant for variant in variants if variant.name == name), None)


def _search_text(product: Product) -> str:
    return f"{product.name} {product.category} {product.description}".casefold()


def variants_of(product: Product) -> Iterator[Variant]:
    """Yield every combination of colour and size of a product."""
    for colour in product.colours:
        for size in product.sizes:
            yield Variant(product=product, colour=colour, size=size)
