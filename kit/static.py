"""Static files under hashed names, module imports included, with smaller copies beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from kit import modules

PAGE_MODULES = ("-page.js", "js/core.js")  # what pages load; it comes with everything it imports


class HashedStaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped library
    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        gathered = {} if dry_run else self._gather_page_modules(paths)
        yield from super().post_process({**paths, **gathered}, dry_run, **options)

    def compress_files(self, paths: Any) -> Iterator[Any]:
        """Smaller copies take most of the time, and pages look the same without them."""
        yield from super().compress_files(paths) if settings.STATIC_SQUEEZED else ()

    def _gather_page_modules(self, paths: dict[str, Any]) -> dict[str, Any]:
        """Made from the sources; the copies in the collected folder become the gathered files."""

        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read().decode())

        gathered = {}
        for name in paths:
            if name.endswith(PAGE_MODULES):
                self.delete(name)
                self.save(name, ContentFile(modules.gather(name, read).encode()))
                gathered[name] = (self, name)
        return gathered
