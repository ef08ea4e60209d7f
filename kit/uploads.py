"""What any upload may cost: a file that is too large is read to its end, but only its beginning is kept."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from kit.pictures.intake import MOST_BYTES


class BoundedUploadHandler(FileUploadHandler):
    """Stands before the handlers that keep files.

    What is kept of a file that is too large is still too large, so whoever reads it can say so.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= MOST_BYTES else None

    def file_complete(self, file_size: int) -> Any:
        """Another handler keeps the file."""
        return None
