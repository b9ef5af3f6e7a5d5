"""An output that nobody has published yet as lists and feeds will show it."""

from xml.dom import minidom

from contactpoint.glossary.naming import named_concept, named_theme
from contactpoint.kit.feeds import atom
from contactpoint.kit.locating import address, roots
from contactpoint.outputs.entries import Entry
from contactpoint.outputs.feeds import feed
from contactpoint.outputs.models import Output


def entry_of(page: Output) -> Entry:
    """The entry of a page in memory, in its own language; a draft is dated as it stands."""
    language = page.locale.language_code
    entry = Entry(
        pk=page.pk,
        title=page.title,
        teaser=page.teaser,
        url=address(page.url_path, language, roots().get(language, "/")),
        kind=page.kind,
        publication_type=getattr(page, "publication_type", ""),
        language=language,
        published_on=page.published_on,
        starts_at=page.starts_at,
        ends_at=page.ends_at,
        effective_on=page.effective_on,
        translation_key=page.translation_key,
        updated_at=page.last_published_at,
        called_off=getattr(page, "called_off", False),
    )
    for row in page.theme_links.all():
        theme = row.theme
        label = theme.labels.get(language) or theme.label
        entry.themes.append(named_theme(theme.slug, label, language, theme.hue))
    for one in page.classifications.all():
        if one.concept is not None:
            label = one.concept.labels.get(language) or one.concept.label
            entry.concepts.append(named_concept(one.concept.slug, label, language))
    return entry


def feed_entry(page: Output) -> str:
    """The entry of a page in memory as the Atom feed of its list will hold it, set in lines."""
    entry = entry_of(page)
    made = feed("", entry.language, page_url="/", under=f"/{entry.language}/", shown=[entry])
    document = minidom.parseString(atom.write(made))  # noqa: S318 — our own feed
    text: str = document.getElementsByTagName("entry")[0].toprettyxml(indent="  ")
    return text.strip()
