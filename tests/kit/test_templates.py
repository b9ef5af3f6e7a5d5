"""What every template keeps to: nothing inline, nothing foreign, and components say their needs."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils import translation

PACKAGE = Path(settings.PACKAGE)
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
COMPONENTS = PACKAGE / "kit" / "templates" / "kit" / "components"


LETTERS = {
    *(PACKAGE / "kit" / "templates" / "kit" / "letters").iterdir(),
    PACKAGE / "dissemination/templates/dissemination/newsletter/mail.html",
}
"""Mails: their programs read no sheet of ours, so the styles stand in them."""
SAVED = PACKAGE / "guidance" / "templates" / "guidance" / "everywhere" / "saved.html"
"""A language of guidance as one file: it has nothing beside it, and a policy of its own within."""
DATA_BLOCK = '<script type="application/ld+json">'


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("template", [one for one in TEMPLATES if one not in LETTERS], ids=name)
def test_no_template_carries_an_inline_style_or_script(template: Path):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"""\sstyle\s*=\s*["']""", text)
    assert ("<style" in text) is (template == SAVED)
    if template == SAVED:
        assert "style-src 'sha256-" in text
    # What is handed to a tag of Django, as in `{% include … one=two %}`, is no attribute.
    assert not re.search(r"\son\w+\s*=", re.sub(r"{%.*?%}", "", text))
    for script in re.findall(r"<script\b[^>]*>", text):
        if script == DATA_BLOCK:
            continue  # data, which no browser runs
        assert "src=" in script
        assert 'type="module"' in script


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_no_template_asks_another_origin_for_anything(template: Path):
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"""<(?:link|script|img|source)\b[^>]*(?:href|src)=["']https?:""", text)


@pytest.mark.parametrize("component", sorted(COMPONENTS.glob("*.html")), ids=lambda path: path.stem)
def test_every_component_says_at_its_head_what_it_needs(component: Path):
    head = component.read_text(encoding="utf-8").split("#}")[0]
    assert "{#" in head
    assert "context" in head.lower()


@pytest.mark.parametrize("template", TEMPLATES, ids=name)
def test_every_template_compiles(template: Path):
    get_template(name(template).split("/templates/", 1)[1])


def test_the_page_for_a_failure_needs_neither_request_nor_database():
    page = render_to_string("500.html")
    assert "<h1>" in page
    assert "/css/" in page


def test_a_page_names_its_language_and_its_direction():
    with translation.override("fr"):
        page = render_to_string("kit/base.html", {"LANGUAGE_CODE": "fr", "LANGUAGE_BIDI": False})
    assert '<html lang="fr" dir="ltr">' in page
    page = render_to_string("kit/base.html", {"LANGUAGE_CODE": "ar", "LANGUAGE_BIDI": True})
    assert '<html lang="ar" dir="rtl">' in page


def test_the_first_link_of_a_page_leads_past_the_menu():
    page = render_to_string("kit/base.html", {"LANGUAGE_CODE": "en"})
    target = re.search(r'<body[^>]*>\s*<a class="skip-link" href="#([^"]+)"', page)[1]
    assert f'id="{target}"' in page


def test_the_search_box_stands_on_every_page():
    page = render_to_string("kit/base.html", {"LANGUAGE_CODE": "de"})
    assert 'action="/de/search/" method="get" role="search"' in page


def test_the_language_switcher_names_each_language_in_itself():
    page = render_to_string(
        "kit/base.html",
        {
            "LANGUAGE_CODE": "en",
            "base_url": "https://contactpoint.example",
            "translations": [
                {"code": "en", "name": "English", "url": "/en/x/", "current": True},
                {"code": "nl", "name": "Nederlands", "url": "/nl/x/", "current": False},
            ],
        },
    )
    assert '<li lang="nl"><a href="/nl/x/" hreflang="nl">' in page
    assert 'hreflang="nl" href="https://contactpoint.example/nl/x/"' in page
    assert page.count('aria-current="true"') == 1
