"""The pictures that can be printed."""

from decimal import Decimal
from math import ceil
from urllib.parse import urljoin

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.templatetags.static import static
from django.urls import reverse

from .creators import Creator
from .engagement import Like
from .merch import MerchItem, MerchItemQuerySet

PRINT_DPI = 200
CM_PER_INCH = Decimal("2.54")
PICTURE_WIDTHS = (320, 640, 1280)  # pixels; each exists as AVIF and as WebP
GRID_ROWS = 24  # the gallery's grid has this many rows to a square tile
MIN_ROWS, MAX_ROWS = 10, 48  # gallery.css has a class for each number between


class ArtworkQuerySet(models.QuerySet["Artwork"]):
    """The queries for artworks."""

    def for_gallery(self) -> "ArtworkQuerySet":
        """Return artworks with their creators, newest first."""
        return self.select_related("creator").descending("published_at")

    def with_likes_of(self, visitor: str) -> "ArtworkQuerySet":
        """Add `liked`: whether this visitor likes the artwork."""
        likes = Like.objects.filter(artwork=OuterRef("pk"), visitor=visitor)
        return self.annotate(liked=Exists(likes))

    def for_tiles(self, visitor: str) -> "ArtworkQuerySet":
        """Return artworks with all that a tile shows to this visitor, newest first."""
        return self.for_gallery().with_likes_of(visitor).with_merch()

    def with_merch(self) -> "ArtworkQuerySet":
        """Add `has_merch`: whether merch with this picture is for sale."""
        merch = MerchItem.objects.for_sale_by_active_creators().filter(artwork=OuterRef("pk"))
        return self.annotate(has_merch=Exists(merch))

    def containing(self, word: str) -> "ArtworkQuerySet":
        """Return artworks with this word in the title, the prompt or the creator's name."""
        return self.filter(
            Q(title__icontains=word) | Q(prompt__icontains=word) | Q(creator__name__icontains=word)
        )

    def descending(self, column: str) -> "ArtworkQuerySet":
        """Order by this column, largest value first; of equal rows the newer one is first."""
        return self.order_by(f"-{column}", "-pk")

    def neighbours_of(
        self, artwork: "Artwork", *, column: str = "published_at"
    ) -> tuple["Artwork | None", "Artwork | None"]:
        """Return the artworks before and after this one in the order of `column`, in one query."""
        value, pk = getattr(artwork, column), artwork.pk
        ahead = self.filter(Q((f"{column}__gt", value)) | Q((column, value), pk__gt=pk))
        behind = self.filter(Q((f"{column}__lt", value)) | Q((column, value), pk__lt=pk))
        neighbours = Artwork.objects.filter(
            Q(pk=Subquery(ahead.order_by(column, "pk").values("pk")[:1]))
            | Q(pk=Subquery(behind.descending(column).values("pk")[:1]))
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
    model = models.CharField(max_length=80, help_text="The program that painted it.")
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
    # Changed by gallery.engagement.counters only, so that no page counts a table.
    like_count = models.PositiveIntegerField(default=0, editable=False)
    view_count = models.PositiveIntegerField(default=0, editable=False)
    trending_score = models.FloatField(
        default=0, editable=False, help_text="See gallery/engagement/counters.py."
    )

    objects = ArtworkQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        indexes = (
            models.Index(fields=["-published_at", "-id"], name="artwork_newest_first"),
            models.Index(fields=["-trending_score", "-id"], name="artwork_trending_first"),
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
        """Return whether this visitor likes the artwork."""
        return Like.objects.filter(artwork=self, visitor=visitor).exists()

    @property
    def rows(self) -> int:
        """Return how many rows of the gallery's grid the picture covers."""
        return min(max(ceil(GRID_ROWS * self.height / self.width), MIN_ROWS), MAX_ROWS)

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
        """Return the address of the picture for browsers that do not support `srcset`."""
        return self._file_url(640, "webp")

    @property
    def merch_for_sale(self) -> MerchItemQuerySet:
        """Return the merch with this picture that is for sale."""
        return self.merch.all().for_sale_by_active_creators().select_related("creator")

    @property
    def thumbnail_url(self) -> str:
        """Return the address of the smallest picture."""
        return self._file_url(PICTURE_WIDTHS[0], "webp")

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

    def _srcset(self, extension: str) -> str:
        return ", ".join(f"{self._file_url(width, extension)} {width}w" for width in PICTURE_WIDTHS)

    def _file_url(self, width: int, extension: str) -> str:
        return static(f"art/{self.slug}-{width}.{extension}")

    @staticmethod
    def _centimetres(pixels: int) -> Decimal:
        return (pixels * CM_PER_INCH / PRINT_DPI).quantize(Decimal("0.1"))
