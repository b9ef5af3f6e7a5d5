"""Takes a PO file back from a translation bureau, which may have sent anything.

wagtail-localize reads such a file too, but any size of it, and a file without its own header, or
no file at all, ends in an error page. This stands at the same address.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polib
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import StringTranslation, Translation

LARGEST: Final = 2 * 1024 * 1024
MOST_ENTRIES: Final = 5_000
HEADER: Final = "X-WagtailLocalize-TranslationID"
_NO_PO: Final = gettext_lazy("This is no PO file in UTF-8.")


class ExchangeError(ValueError):
    """Why a file was not taken, as a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many entries were there, how many fit no piece, how many hold what may not be.

    That is markup, or an address that is none.
    """

    entries: int
    ignored: int
    refused: int


def take_po(translation: Translation, file: UploadedFile | None, user: Any) -> Taken:
    """Keep the translations of a file; nothing is published by it."""
    if file is None:
        raise ExchangeError(_("Choose a PO file."))
    if (file.size or 0) > LARGEST:
        raise ExchangeError(_("This file is too large: a PO file may have 2 MB."))
    po = _read(file.read())
    if not len(po) and not po.metadata:
        raise ExchangeError(_NO_PO)
    if po.metadata.get(HEADER) != str(translation.uuid):
        raise ExchangeError(_("This file belongs to another translation."))
    if len(po) > MOST_ENTRIES:
        raise ExchangeError(_("This file has too many entries."))
    for entry in [entry for entry in po if entry.msgctxt is None or entry.obsolete]:
        po.remove(entry)
    addresses = [entry for entry in po if entry.msgctxt == "slug" and not _is_slug(entry.msgstr)]
    unsure = [entry for entry in po if "fuzzy" in entry.flags and entry not in addresses]
    for entry in [*unsure, *addresses]:
        entry.msgstr = ""
    warnings = translation.import_po(po, user=user, tool_name="PO File")
    refused = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id,
        locale_id=translation.target_locale_id,
        has_error=True,
    ).count()
    return Taken(len(po), len(warnings) + len(unsure), refused + len(addresses))


def _is_slug(text: str) -> bool:
    """Whether a page can have it in its address as it is; an empty one says nothing."""
    return text == slugify(text)


def _read(content: bytes) -> Any:
    """polib takes a path or the text itself; given a path inside a text it would open that file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given.po"
        path.write_bytes(content)
        try:
            return polib.pofile(str(path), encoding="utf-8")
        except (OSError, ValueError, IndexError, KeyError, AttributeError) as problem:
            raise ExchangeError(_NO_PO) from problem
