"""Lets a test store its files in a bucket."""

from typing import Any

from django.core.files.storage import default_storage

from contactpoint.media.bucket import BucketStorage

BACKEND = "contactpoint.media.bucket.BucketStorage"


def use(settings: Any, **options: Any) -> BucketStorage:
    """Files are stored there from now on."""
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": BACKEND, "OPTIONS": options}}
    assert default_storage.url("a") == "/media/a"
    storage = default_storage._wrapped  # type: ignore[attr-defined]
    assert isinstance(storage, BucketStorage)
    return storage
