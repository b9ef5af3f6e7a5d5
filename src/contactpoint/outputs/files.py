"""The files of an output as readers meet them: what each is, how long, and in which language."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import get_language

from contactpoint.glossary.languages import name_in
from contactpoint.kit.pictures import Look
from contactpoint.media.models import CustomDocument
from contactpoint.media.visibility import public
from contactpoint.outputs.models import Output, OutputFile


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of an output; `language` is empty where the document does not say it.

    `length` is in words of the active language ("12 pages"), empty where not known; `pages` is the
    number in it, 0 where not known. `accessible` is None where nobody said; `checksum` the SHA-256;
    `look` the first page.
    """

    document: int
    title: str
    url: str
    language: str
    extension: str
    size: int
    pages: int
    length: str
    accessible: bool | None = None
    checksum: str = ""
    look: Look | None = None

    @property
    def language_name(self) -> str:
        """The file's language in the active one; empty where the document does not say it."""
        return name_in(self.language, get_language() or "en") if self.language else ""


def files_of(pages: Iterable[int]) -> dict[int, list[Attached]]:
    """The files that any reader may have, by key of the page, in the editor's order; one query."""
    rows = (
        OutputFile.objects.filter(
            page__in=list(pages), document__in=public(CustomDocument.objects.all())
        )
        .select_related("document__reading", "document__first_page")
        .defer("document__first_page__picture")
        .order_by("page_id", "sort_order", "pk")
    )
    found: dict[int, list[Attached]] = defaultdict(list)
    for row in rows:
        found[row.page_id].append(attached(row.document))
    return dict(found)


def placed(
    files: Mapping[int, Sequence[Attached]], pages: Mapping[int, str]
) -> dict[int, list[Attached]]:
    """The files of one thing, each under one of its pages: that which is in the file's language.

    `pages` are the keys and languages of the thing's public pages, the source first: under it
    stands what says no language or one that no page has. For indexing, so that a text counts once
    and as what it is.
    """
    page_in = {language: pk for pk, language in list(pages.items())[::-1]}
    found: dict[int, dict[int, Attached]] = defaultdict(dict)
    for pk in pages:
        for file in files.get(pk, ()):
            home = page_in.get(file.language, next(iter(pages)))
            found[home].setdefault(file.document, file)
    return {pk: list(own.values()) for pk, own in found.items()}


def files_in_form(page: Output) -> list[Attached]:
    """The files of a page in memory, as its preview shows them: also those that are not public."""
    return [attached(row.document) for row in page.files.all()]


def attached(document: CustomDocument) -> Attached:
    """What a document is, and what came of reading it; asks nothing where all was joined."""
    try:
        reading = document.reading
    except ObjectDoesNotExist:
        reading = None
    try:
        page = document.first_page
    except ObjectDoesNotExist:
        page = None
    return Attached(
        document=document.pk,
        title=document.title,
        url=document.url,
        language=document.language,
        extension=document.file_extension.upper(),
        size=document.file_size or (reading.size if reading else 0),
        pages=reading.pages if reading else 0,
        length=reading.length if reading else "",
        accessible=document.accessible,
        checksum=reading.checksum if reading else "",
        look=Look(page.url, page.width, page.height) if page else None,
    )
