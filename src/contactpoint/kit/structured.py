"""What search engines read of the site itself and of where a page stands: https://schema.org."""

from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from contactpoint.kit.locating import Link

CONTEXT: Final = "https://schema.org"


def publisher() -> dict[str, Any]:
    """Who publishes the site."""
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": f"{settings.BASE_URL}/"}


def website(language: str) -> dict[str, Any]:
    """The site in a language, and how it is searched."""
    home = f"{settings.BASE_URL}/{language}/"
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": home,
        "inLanguage": language,
        "publisher": publisher(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{home}search/?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(crumbs: Sequence[Link], language: str) -> dict[str, Any]:
    """The way from the front page to the page, as it stands above it; without the page itself."""
    steps = [Link(_("Front page"), f"/{language}/"), *crumbs]
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": step.label,
                "item": f"{settings.BASE_URL}{step.url}",
            }
            for place, step in enumerate(steps, start=1)
        ],
    }
