"""Gives a PO file to a translation bureau, and takes it back, whatever the bureau has sent.

wagtail-localize does both, but its file doesn't say from and into which language, escapes what is
no HTML, and has the address of the page as a text; it reads any size of it, and a file without its
own header, or no file at all, ends in an error page. This stands at the same addresses.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polib
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from contactpoint.languages.desk.wording import html_of, is_plain, words_of

LARGEST: Final = 2 * 1024 * 1024
MOST_ENTRIES: Final = 5_000
HEADER: Final = "X-WagtailLocalize-TranslationID"
PLAIN: Final = "X-Contactpoint-Plain-Text"
"""Says that pieces without markup stand in a file as plain words; files given earlier lack it."""
ADDRESS: Final = "slug"
_NO_PO: Final = gettext_lazy("This is no PO file in UTF-8.")


class ExchangeError(ValueError):
    """Why a file was not taken, as a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many entries were there, how many fit no piece, how many hold what may not be.

    That is markup, or a link to what is none. Who gives a page another address does it in the form.
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
    addresses = [entry for entry in po if entry.msgctxt == ADDRESS]
    unsure = [entry for entry in po if "fuzzy" in entry.flags and entry not in addresses]
    for entry in unsure:
        entry.msgstr = ""
    number, given = len(po), sum(1 for entry in addresses if entry.msgstr)
    for entry in addresses:  # no text: readers' links would break by it without a word
        po.remove(entry)
    if PLAIN in po.metadata:
        _as_kept(po, translation)
    warnings = translation.import_po(po, user=user, tool_name="PO File")
    return Taken(number, len(warnings) + len(unsure) + given, _refused(po, translation))


def given_po(translation: Translation, project: str) -> Any:
    """The file for a bureau: every text of the page, what is translated of it already, and a word
    to each on what it is.
    """
    po = translation.export_po()
    source, target = translation.source.locale, translation.target_locale
    po.metadata = {
        "Project-Id-Version": f"{project}: {translation.source.object_repr}".replace("\n", " "),
        "PO-Revision-Date": po.metadata["POT-Creation-Date"],
        "Language": target.language_code,
        "X-Source-Language": source.language_code,
        "Content-Transfer-Encoding": "8bit",
        PLAIN: "yes",
        **po.metadata,
    }
    for entry in [entry for entry in po if entry.msgctxt == ADDRESS]:
        po.remove(entry)
    for entry in po:
        # In English, as what translators' tools say of a text: the bureau is anywhere.
        entry.comment = "Plain text." if is_plain(entry.msgid) else "HTML: keep the tags."
        entry.msgstr = words_of(entry.msgstr, entry.msgid)
        entry.msgid = words_of(entry.msgid)
    return po


def _as_kept(po: Any, translation: Translation) -> None:
    rows = StringSegment.objects.filter(source_id=translation.source_id)
    pieces = {
        (path, words_of(html)): html
        for path, html in rows.values_list("context__path", "string__data")
    }
    for entry in po:
        piece = pieces.get((entry.msgctxt, entry.msgid))
        if piece is not None:
            entry.msgid, entry.msgstr = piece, html_of(entry.msgstr, piece)


def _refused(po: Any, translation: Translation) -> int:
    """How many of these entries may not be published; not those of a file before."""
    given = {(entry.msgctxt, entry.msgid) for entry in po if entry.msgstr}
    wrong = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id,
        locale_id=translation.target_locale_id,
        has_error=True,
    )
    return len(given & set(wrong.values_list("context__path", "translation_of__data")))


def _read(content: bytes) -> Any:
    """polib takes a path or the text itself; given a path inside a text it would open that file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "given.po"
        path.write_bytes(content)
        try:
            return polib.pofile(str(path), encoding="utf-8")
        except (OSError, ValueError, IndexError, KeyError, AttributeError) as problem:
            raise ExchangeError(_NO_PO) from problem
