"""The studio's forms, within the limits of Printora's API."""

from collections.abc import Mapping
from typing import Any

from django import forms

from gallery.models import Artwork, MerchItem
from printora_integration.merch.schemas import Product, Variant
from vendor_kit.arguments import is_absolute_url

OTHER_URL = "url"  # the choice of a picture that is not one of ours


class CreatorForm(forms.Form):
    """The form for a creator at Printora."""

    name = forms.CharField(max_length=255)
    email = forms.EmailField(label="E-mail", required=False)
    description = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class MerchForm(forms.Form):
    """The form for an item: a product's colours and sizes, a picture, and the stock."""

    title = forms.CharField(max_length=255)
    description = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    colours = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one colour at least."},
    )
    sizes = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose one size at least."},
    )
    picture = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a picture, or give an address."},
    )
    picture_url = forms.CharField(label="Picture's address", required=False, max_length=2000)
    stock_limit = forms.IntegerField(
        label="Stock",
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text="Leave it empty for no limit.",
    )

    def __init__(self, product: Product, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.product = product
        self.artworks = {
            artwork.slug: artwork
            for artwork in Artwork.objects.select_related("creator").order_by("title")
        }
        titles = {slug: artwork.title for slug, artwork in self.artworks.items()}
        self._set_choices("colours", {each.color or "": each.color for each in product.variants})
        self._set_choices("sizes", {each.size or "": each.size for each in product.variants})
        self._set_choices("picture", titles | {OTHER_URL: "A picture at another address"})

    def _set_choices(self, name: str, choices: Mapping[str, str | None]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- for mypy
        field.choices = [(value, label or "One kind") for value, label in choices.items()]

    def clean(self) -> dict[str, Any]:
        """Check that the answers fit together."""
        data = super().clean() or {}
        if data.get("picture") == OTHER_URL and not is_absolute_url(data.get("picture_url", "")):
            self.add_error(
                "picture_url", "Give a whole address that begins with https:// or http://"
            )
        if data.get("colours") and data.get("sizes") and not self.variants:
            self.add_error("sizes", "The colours and sizes that you chose do not go together.")
        return data

    @property
    def variants(self) -> list[Variant]:
        """Return the product's variants in the chosen colours and sizes."""
        colours, sizes = (self.cleaned_data.get(name, []) for name in ("colours", "sizes"))
        return [
            each
            for each in self.product.variants
            if (each.color or "") in colours and (each.size or "") in sizes
        ]

    @property
    def design_image_url(self) -> str:
        """Return the absolute address of the chosen picture."""
        chosen: str = self.cleaned_data["picture"]
        if chosen == OTHER_URL:
            address: str = self.cleaned_data["picture_url"]
            return address
        return self.artworks[chosen].master_url

    @property
    def api_arguments(self) -> dict[str, Any]:
        """Return the answers as arguments of the client's `merch` methods."""
        return {
            "title": self.cleaned_data["title"],
            "description": self.cleaned_data["description"] or None,
            "variant_ids": [each.id for each in self.variants],
            "design_image_url": self.design_image_url,
            "stock_limit": self.cleaned_data["stock_limit"],
        }


def initial_values(item: MerchItem) -> dict[str, Any]:
    """Return the form's initial values for an item."""
    return {
        "title": item.title,
        "description": item.description,
        "colours": [each.color for each in item.colours],
        "sizes": item.sizes,
        "picture": item.artwork.slug if item.artwork else OTHER_URL,
        "picture_url": "" if item.artwork else item.picture_url,
        "stock_limit": item.stock_limit,
    }
