"""Tries whether the bucket does all that the portal needs of it, and gives strangers nothing."""

import secrets
from collections.abc import Iterator
from typing import Final

import obstore
from django.core.files.base import ContentFile
from obstore.exceptions import BaseError

from contactpoint.media.bucket import BucketStorage
from contactpoint.media.outage import StorageError

_CONTENT: Final = b"0123456789"


def problems(storage: BucketStorage) -> Iterator[str]:
    """Sentences with the mend; nothing where all is well. Leaves no object behind."""
    name = f"check-{secrets.token_hex(8)}"
    try:
        storage.put(name, ContentFile(_CONTENT))
        try:
            yield from _of_object(storage, name)
        finally:
            storage.delete_now(name)
        if storage.exists(name):
            yield "An object that was deleted is there still. Let the keys delete objects."
    except FileNotFoundError:
        yield f"What was stored in {storage} can't be found again."
    except StorageError as problem:
        yield f"{problem} See CONTACTPOINT_STORAGE_URL and CONTACTPOINT_STORAGE_KEYS."


def _of_object(storage: BucketStorage, name: str) -> Iterator[str]:
    if storage.part(name, 2, 5, storage.about(name)["e_tag"] or "") != _CONTENT[2:5]:
        yield "A part of an object was asked for, and something else came."
    if name not in storage.listdir("")[1]:
        yield "An object that is there is not listed. Let the keys list the bucket."
    try:
        storage.put(name, ContentFile(b"other"))
    except FileExistsError:
        pass
    else:
        yield (
            "The storage knows no conditional writes (If-None-Match): two files that come at the "
            "same moment under the same name could overwrite each other. Use another, or a newer "
            "version."
        )
    try:
        obstore.head(storage.stranger, name)
    except (BaseError, FileNotFoundError):
        return
    yield (
        "Anybody can read the bucket without a key, closed documents too. Take public access away."
    )
