"""On which pages of attached files a question is answered, where nothing else of a thing does."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from contactpoint.media.reading import MOST_WORDS, pages_with
from contactpoint.search.analysis import forms
from contactpoint.search.asking import explaining
from contactpoint.search.asking.highlighting import sentences
from contactpoint.search.asking.presenting import Presented, Presenter
from contactpoint.search.asking.results import Highlight
from contactpoint.search.asking.understanding import Unit

MOST_PAGES: Final = 2
MOST_DOCUMENTS: Final = 60


class _File(NamedTuple):
    presented: Presented
    language: str
    title: str
    url: str


def look_into_files(presented: Sequence[Presented], presenter: Presenter) -> None:
    """Add highlights and reasons from files to those results that need them; one query at most."""
    files: dict[int, _File] = {}
    for one in presented:
        if one.open:
            for language, version in one.versions.items():
                for title, url, document, _pages in version.get("files", ()):
                    files.setdefault(document, _File(one, language, title, url))
    if not files:
        return
    units = presenter.question.units
    words = {
        word
        for file in files.values()
        for number in file.presented.open
        for word in _beginnings(units[number], file.language)
    }
    found = pages_with([*files][:MOST_DOCUMENTS], sorted(words)[:MOST_WORDS], most=MOST_PAGES)
    for document, pages in found.items():
        for number, text in pages:
            _add(files[document], number, text, presenter)


def _add(file: _File, page: int, text: str, presenter: Presenter) -> None:
    one, result = file.presented, file.presented.result
    highlights, answered = sentences(text, presenter.wanted(file.language))
    own = {unit for unit, is_own in answered.items() if is_own} & one.open
    if not highlights or not own:
        return
    highlight: Highlight = replace(highlights[0], file=file.title, url=file.url, page=page)
    result.highlights.append(highlight)
    question = presenter.question
    texts = [question.said(question.units[unit]) for unit in sorted(own)]
    result.reasons.append(explaining.in_file(texts, highlight))
    one.open -= own


def _beginnings(unit: Unit, language: str) -> Iterable[str]:
    """Of words of files: whatever form of the asker's words begins so."""
    for item in unit.items:
        if item.kind == "phrase":
            yield " ".join(item.words)
        elif item.kind == "prefix":
            yield item.words[0]
        else:
            yield from forms(item.text, language)
