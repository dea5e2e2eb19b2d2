"""An upload handler that drops a file that is too large, before it fills the disk."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from .images import MAX_BYTES


class BoundedUploadHandler(FileUploadHandler):
    """A handler that drops a file once it is longer than MAX_BYTES; the form then shows an error.

    It must be the first in FILE_UPLOAD_HANDLERS, and in the settings, not in the view: the CSRF
    middleware reads the form before the view is called.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own
        """Start counting bytes."""
        super().new_file(*args, **kwargs)
        self._length = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002
        """Pass the chunk on, or drop the file."""
        self._length += len(raw_data)
        if self._length > MAX_BYTES:
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        """Leave the file to the next handlers."""
        return
