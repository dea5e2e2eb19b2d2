from django import forms
from django.core.files.uploadedfile import UploadedFile

from .images import MAX_BYTES, CleanImage, ImageRefusedError, clean_image

TOO_LARGE = f"This file is larger than {MAX_BYTES // 2**20} MB. Save it as a JPEG, and try again."


class UploadForm(forms.Form):
    """The form for a visitor's own picture; `cleaned_data["picture"]` is a `CleanImage`."""

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
        if content_length > MAX_BYTES:  # then the upload handler has dropped the file
            self.fields["picture"].error_messages["required"] = TOO_LARGE

    def clean_picture(self) -> CleanImage:
        """Return the picture, re-encoded."""
        file: UploadedFile[bytes] = self.cleaned_data["picture"]
        try:
            return clean_image(file)
        except ImageRefusedError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_title(self) -> str:
        """Return the title, or a default one."""
        return self.cleaned_data["title"].strip() or "A picture of your own"
