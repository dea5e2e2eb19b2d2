"""Hold the pictures, and who made them."""

from decimal import Decimal
from math import ceil
from urllib.parse import urljoin

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q, Subquery
from django.templatetags.static import static
from django.urls import reverse

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

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class ArtworkQuerySet(models.QuerySet["Artwork"]):
    """Ask for artworks in the words of the pages that show them."""

    def for_gallery(self) -> "ArtworkQuerySet":
        """Return what a tile shows, newest first."""
        return self.select_related("creator").order_by("-published_at", "-pk")

    def around(self, artwork: "Artwork") -> tuple["Artwork | None", "Artwork | None"]:
        """Return the artworks before and after this one on the wall, in one query."""
        when, pk = artwork.published_at, artwork.pk
        newer = self.filter(Q(published_at__gt=when) | Q(published_at=when, pk__gt=pk))
        older = self.filter(Q(published_at__lt=when) | Q(published_at=when, pk__lt=pk))
        neighbours = self.filter(
            Q(pk=Subquery(newer.order_by("published_at", "pk").values("pk")[:1]))
            | Q(pk=Subquery(older.order_by("-published_at", "-pk").values("pk")[:1]))
        )
        place = (when, pk)
        before = after = None
        for neighbour in neighbours:
            if (neighbour.published_at, neighbour.pk) > place:
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

    objects = ArtworkQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-pk")
        indexes = (models.Index(fields=["-published_at", "-id"], name="artwork_newest_first"),)
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
    def master_url(self) -> str:
        """Return the absolute address of the print master, for the vendor to fetch."""
        return urljoin(str(settings.APP_URL), static(f"art/{self.slug}.jpg"))

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


from gallery.uploads.models import Upload  # noqa: E402, F401 -- so that Django finds it
