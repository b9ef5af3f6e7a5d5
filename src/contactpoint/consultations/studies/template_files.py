"""The common template as states know it: a Word file with the questions and room for answers."""

from collections.abc import Iterator

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import override

from contactpoint.consultations.compilations.compilation import Compilation
from contactpoint.kit.composing.document import Block, Document, Heading, Listing, Paragraph, Run
from contactpoint.kit.composing.word import as_docx
from contactpoint.kit.days import in_words
from contactpoint.media.models import CustomDocument


def template_document(compilation: Compilation) -> Document:
    """Background and questions; nothing of what was answered."""
    with override(compilation.language):
        return Document(
            title=compilation.title.text or compilation.code,
            language=compilation.language,
            publisher=settings.SITE_NAME,
            made_at=compilation.made_at,
            kicker=" · ".join(filter(None, [_("Common template"), compilation.reference])),
            dated=in_words(compilation.asked_on) if compilation.asked_on else "",
            blocks=list(_blocks(compilation)),
            authors=[settings.SITE_NAME],
        )


def _blocks(compilation: Compilation) -> Iterator[Block]:
    for line in filter(str.strip, compilation.background.text.split("\n")):
        yield Paragraph([Run(line.strip())])
    section = ""
    for question in compilation.questions:
        if question.section.text and question.section.text != section:
            section = question.section.text
            yield Heading([Run(section)])
        yield Heading([Run(f"{question.number}. {question.text.text}")], 2)
        if question.hint.text:
            yield Paragraph([Run(question.hint.text, italic=True)])
        for column in question.columns:
            if column.row:
                yield Paragraph([Run(f"{column.number} {column.text.text}")])
            yield Listing([[Paragraph([Run(one.label.text)])] for one in column.options])


def stored(compilation: Compilation) -> CustomDocument:
    """The file among the documents, as if an editor had uploaded it."""
    data = as_docx(template_document(compilation))
    with override(compilation.language):
        title = f"{compilation.title.text} ({_('Common template')})"
    document = CustomDocument(title=title[:255], language=compilation.language)
    name = f"{compilation.code}-template-{compilation.language}.docx"
    document.file.save(name, ContentFile(data), save=False)
    document.save()
    document.get_file_size()
    document.get_file_hash()
    return document
