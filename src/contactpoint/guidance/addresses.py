"""The addresses of guidance: the same codes in every language, short enough to be said.

Who the reader is, if they chose it, stands at their end and is carried along by every link.
"""

import re
from dataclasses import dataclass
from typing import Final

from django.urls.converters import StringConverter

from contactpoint.guidance.languages import languages, of_applicants_only
from contactpoint.guidance.variants import PARAMETER

NAME: Final = "guidance"


class OfGuidance(StringConverter):
    """Path converter: a language in which there is guidance."""

    regex = "|".join(languages())


class OfApplicantsOnly(StringConverter):
    """Path converter: one in which there is nothing else."""

    regex = "|".join(of_applicants_only()) or "(?!)"


def language_of(path: str) -> str:
    """The language of a path of guidance; empty where it is another part of the site."""
    found = re.match(r"/([a-z]{2,3})(?:/|$)(guidance(?:/|$))?", path)
    if found is None or found[1] not in languages():
        return ""
    return found[1] if found[2] or found[1] in of_applicants_only() else ""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Every address that a page of one reader names."""

    language: str
    variant: str = ""

    @property
    def front(self) -> str:
        """Where all begins."""
        return self.of("")

    @property
    def help(self) -> str:
        """Places and helplines."""
        return self.of("help/")

    @property
    def leaving(self) -> str:
        """What the way out can't hide."""
        return self.of("leaving/")

    @property
    def coverage(self) -> str:
        """Which page is in which language."""
        return self.of("coverage/")

    @property
    def offline(self) -> str:
        """How to read without internet."""
        return self.of("offline/")

    @property
    def voice(self) -> str:
        """What can be heard."""
        return self.of("voice/")

    def theme(self, theme: str) -> str:
        """A theme."""
        return self.of(f"{theme}/")

    def guide(self, theme: str, guide: str) -> str:
        """A guide, in full."""
        return self.of(f"{theme}/{guide}/")

    def said(self, page: str) -> str:
        """Where a click on a page is counted; the start has no code."""
        return self.of(f"said/{page}/" if page else "said/")

    def in_language(self, language: str) -> "Addresses":
        """The same reader in another language."""
        return Addresses(language, self.variant)

    def as_variant(self, variant: str) -> "Addresses":
        """The same reader after a choice; empty takes it back."""
        return Addresses(self.language, variant)

    def of(self, rest: str) -> str:
        """Any path under the guidance of this language."""
        tail = f"?{PARAMETER}={self.variant}" if self.variant else ""
        return f"/{self.language}/{NAME}/{rest}{tail}"


def short(code: str, language: str) -> str:
    """What is said on the phone or written on paper; it leads to the full address."""
    return f"/{language}/{NAME}/{code}/"
