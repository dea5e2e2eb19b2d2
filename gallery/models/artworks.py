"""Describe the pictures, and who made them."""

from decimal import Decimal
from math import ceil
from urllib.parse import urljoin

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.templatetags.static import static
from django.urls import reverse

from gallery.merch.models import MerchItem, MerchItemQuerySet

from .interest import Like

PRINT_DPI = 200
CM_PER_INCH = Decimal("2.54")
PICTURE_WIDTHS = (320, 640, 1280)  # pixels; each exists as AVIF and as WebP
GRID_ROWS = 24  # the gallery's grid has this many rows to a square tile
FLATTEST, TALLEST = 10, 48  # rows; gallery.css has a class for each between


class Creator(models.Model):
    """Someone whose pictures hang in the gallery."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=255)
    bio = models.TextField(blank=True)
    # Printora's own id, once it knows the creator; gallery.merch.mirror keeps it.
    printora_id = models.CharField(max_length=128, unique=True, null=True, blank=True)
    printora_status = models.CharField(max_length=32, blank=True)
    refreshed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the merch was last read from Printora."
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the creator's own page."""
        return reverse("gallery:creator", args=[self.slug])

    @property
    def sells(self) -> bool:
        """Tell whether Printora sells this creator's merch (flow B)."""
        return bool(self.printora_id) and self.printora_status == "active"


class ArtworkQuerySet(models.QuerySet["Artwork"]):
    """Ask for artworks in the words of the pages that show them."""

    def for_gallery(self) -> "ArtworkQuerySet":
        """Return what a tile shows, newest first."""
        return self.select_related("creator").by("published_at")

    def with_likes_of(self, visitor: str) -> "ArtworkQuerySet":
        """Add `liked`: whether this visitor likes it."""
        mine = Like.objects.filter(artwork=OuterRef("pk"), visitor=visitor)
        return self.annotate(liked=Exists(mine))

    def for_tiles(self, visitor: str) -> "ArtworkQuerySet":
        """Return what a tile shows to this visitor, newest first."""
        return self.for_gallery().with_likes_of(visitor).with_merch()

    def with_merch(self) -> "ArtworkQuerySet":
        """Add `has_merch`: whether something with this picture on it is for sale."""
        return self.annotate(
            has_merch=Exists(MerchItem.objects.on_open_shelves().filter(artwork=OuterRef("pk")))
        )

    def mentioning(self, word: str) -> "ArtworkQuerySet":
        """Return those with this word in the title, the prompt or the creator's name."""
        return self.filter(
            Q(title__icontains=word) | Q(prompt__icontains=word) | Q(creator__name__icontains=word)
        )

    def by(self, column: str) -> "ArtworkQuerySet":
        """Return them with the largest value of this column first; ties fall to the newer row."""
        return self.order_by(f"-{column}", "-pk")

    def around(
        self, artwork: "Artwork", *, column: str = "published_at"
    ) -> tuple["Artwork | None", "Artwork | None"]:
        """Return the artworks before and after this one when hung by `column`, in one query."""
        value, pk = getattr(artwork, column), artwork.pk
        ahead = self.filter(Q((f"{column}__gt", value)) | Q((column, value), pk__gt=pk))
        behind = self.filter(Q((f"{column}__lt", value)) | Q((column, value), pk__lt=pk))
        neighbours = Artwork.objects.filter(
            Q(pk=Subquery(ahead.order_by(column, "pk").values("pk")[:1]))
            | Q(pk=Subquery(behind.by(column).values("pk")[:1]))
        )
        before = after = None
        for neighbour in neighbours:
            if (getattr(neighbour, column), neighbour.pk) > (value, pk):
                before = neighbour
            else:
                after = neighbour
        return before, after


class Artwork(models.Model):
    """A picture that can be printed; its files are in `static/art/`, named by its slug."""

    class Category(models.TextChoices):
        ABSTRACT = "abstract", "Abstract"
        BOTANICAL = "botanical", "Botanical"
        COSMOS = "cosmos", "Cosmos"
        LANDSCAPE = "landscape", "Landscape"
        PATTERN = "pattern", "Pattern"
        STILL_LIFE = "still-life", "Still life"

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    prompt = models.TextField()
    creator = models.ForeignKey(Creator, on_delete=models.PROTECT, related_name="artworks")
    category = models.CharField(max_length=20, choices=Category)
    model = models.CharField(max_length=80, help_text="What painted it.")
    width = models.PositiveIntegerField(help_text="Of the print master, in pixels.")
    height = models.PositiveIntegerField(help_text="Of the print master, in pixels.")
    placeholder = models.TextField(
        help_text="A tiny picture as a data URI, shown until the real one arrives."
    )
    colour = models.CharField(
        max_length=7,
        validators=[RegexValidator(r"^#[0-9a-f]{6}$")],
        help_text="The colour that covers most of it, like #b8004e.",
    )
    published_at = models.DateTimeField()
    # Moved by gallery.interest only, so that no page counts a table.
    like_count = models.PositiveIntegerField(default=0, editable=False)
    view_count = models.PositiveIntegerField(default=0, editable=False)
    heat = models.FloatField(
        default=0, editable=False, help_text="How trending it is: gallery/heat.py."
    )

    objects = ArtworkQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        indexes = (
            models.Index(fields=["-published_at", "-id"], name="artwork_newest_first"),
            models.Index(fields=["-heat", "-id"], name="artwork_trending_first"),
            models.Index(fields=["-like_count", "-id"], name="artwork_most_liked_first"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0), name="artwork_size_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(placeholder__startswith="data:image/"),
                name="artwork_placeholder_is_a_data_uri",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the artwork's own page."""
        return reverse("gallery:artwork", args=[self.slug])

    def is_liked_by(self, visitor: str) -> bool:
        """Tell whether this visitor likes it."""
        return Like.objects.filter(artwork=self, visitor=visitor).exists()

    @property
    def rows(self) -> int:
        """Return how many rows of the gallery's grid the picture covers."""
        return min(max(ceil(GRID_ROWS * self.height / self.width), FLATTEST), TALLEST)

    @property
    def avif_srcset(self) -> str:
        """Return the AVIF files as an `srcset`."""
        return self._srcset("avif")

    @property
    def webp_srcset(self) -> str:
        """Return the WebP files as an `srcset`."""
        return self._srcset("webp")

    @property
    def preview_url(self) -> str:
        """Return the address of a picture for a browser that knows no `srcset`."""
        return self._picture(640, "webp")

    @property
    def items_for_sale(self) -> MerchItemQuerySet:
        """Return the merch with this picture on it."""
        return self.merch.all().on_open_shelves().select_related("creator")

    @property
    def thumbnail_url(self) -> str:
        """Return the address of the smallest picture."""
        return self._picture(PICTURE_WIDTHS[0], "webp")

    @property
    def master_url(self) -> str:
        """Return the absolute address of the print master, for the vendor to fetch."""
        return urljoin(str(settings.APP_URL), static(f"art/{self.slug}.jpg"))

    @property
    def page_url(self) -> str:
        """Return the absolute address of the artwork's own page, to share and to link to."""
        return urljoin(str(settings.APP_URL), self.get_absolute_url())

    @property
    def print_size(self) -> tuple[Decimal, Decimal]:
        """Return width and height in centimetres when printed at PRINT_DPI."""
        return self._centimetres(self.width), self._centimetres(self.height)

    def _srcset(self, form: str) -> str:
        return ", ".join(f"{self._picture(width, form)} {width}w" for width in PICTURE_WIDTHS)

    def _picture(self, width: int, form: str) -> str:
        return static(f"art/{self.slug}-{width}.{form}")

    @staticmethod
    def _centimetres(pixels: int) -> Decimal:
        return (pixels * CM_PER_INCH / PRINT_DPI).quantize(Decimal("0.1"))
