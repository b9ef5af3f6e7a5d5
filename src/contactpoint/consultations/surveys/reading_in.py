"""The language that a respondent reads what is asked in. Where the portal has no pages in it, the
words around stay in that of the page, and each address carries the language on (`?words=uk`)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import get_language

from contactpoint.consultations.questions.xlsform.columns import LANGUAGES
from contactpoint.kit.labels import FALLBACK_LANGUAGE

_CODE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?", re.ASCII)
_chosen: ContextVar[str] = ContextVar("consultations_words", default="")


@contextmanager
def reading_in(language: str) -> Iterator[None]:
    """Within it pages are in that language, or carry it on; "" leaves all as it is."""
    if language in dict(settings.LANGUAGES):
        token = _chosen.set("")
        try:
            with translation.override(language):
                yield
        finally:
            _chosen.reset(token)
        return
    is_code = _CODE.fullmatch(language) is not None and len(language) <= 12
    token = _chosen.set(language if is_code else _chosen.get())
    try:
        yield
    finally:
        _chosen.reset(token)


def chosen() -> str:
    """A language that the portal has no pages in, where one was chosen; else ""."""
    return _chosen.get()


def reader_language() -> str:
    """That of what is asked."""
    return _chosen.get() or get_language() or FALLBACK_LANGUAGE


def named(languages: list[str]) -> list[tuple[str, str]]:
    """Code and own name of each: the portal's first, as everywhere, then the others."""
    own = [(code, str(name)) for code, name in settings.LANGUAGES if code in languages]
    known = {code for code, _name in own}
    return own + [(code, LANGUAGES.get(code, code)) for code in languages if code not in known]
