from django import forms
from django.core.files.uploadedfile import UploadedFile

from .pictures import MAX_BYTES, Picture, PictureRefusedError, clean_picture

TOO_LARGE = f"This file is larger than {MAX_BYTES // 2**20} MB. Save it as a JPEG, and try again."


class UploadForm(forms.Form):
    """Take a visitor's own picture; `cleaned_data["picture"]` is a `Picture`."""

    picture = forms.FileField(
        label="Picture",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={
            "required": "Choose a PNG or JPEG file.",
            "empty": "This file is empty. Choose a PNG or JPEG picture.",
        },
    )
    title = forms.CharField(label="Title", max_length=200, required=False)

    def __init__(self, *args: object, content_length: int = 0, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if content_length > MAX_BYTES:  # and so the upload handler dropped the file
            self.fields["picture"].error_messages["required"] = TOO_LARGE

    def clean_picture(self) -> Picture:
        """Return the picture, drawn anew."""
        file: UploadedFile[bytes] = self.cleaned_data["picture"]
        try:
            return clean_picture(file)
        except PictureRefusedError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_title(self) -> str:
        """Return the title, or one for a picture that has none."""
        return self.cleaned_data["title"].strip() or "A picture of your own"
