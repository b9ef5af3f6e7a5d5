"""What all pages of the desk share: how they are filtered."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import pgettext


def chosen(request: HttpRequest, known: dict[str, dict[str, Any]]) -> dict[str, str]:
    """The values of the address that there are; the first of each where it says none."""
    return {
        name: value if (value := request.GET.get(name, "")) in labels else next(iter(labels))
        for name, labels in known.items()
    }


def filters(
    names: dict[str, Any], known: dict[str, dict[str, Any]], values: dict[str, str]
) -> list[dict[str, Any]]:
    """Groups of plain links, one for each value, the current one marked."""
    return [
        {
            "label": names[name],
            "links": [
                {
                    "label": label,
                    "query": "?" + urlencode({**values, name: value}),
                    "current": values[name] == value,
                }
                for value, label in labels.items()
            ],
        }
        for name, labels in known.items()
    ]


def languages() -> dict[str, Any]:
    """All, and each in which the portal is read."""
    return {"": pgettext("languages", "All"), **dict(settings.LANGUAGES)}


def question_url(words: str, language: str) -> str:
    """The page of one question."""
    return f"{reverse('search_question')}?{urlencode({'q': words, 'language': language})}"
