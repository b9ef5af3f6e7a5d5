"""How browsers and other programs search here: an OpenSearch description (version 1.1) a language.

Names are cut where the format wants it.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from contactpoint.kit.feeds.writing import SeenXML
from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.search.views.suggestions import SUGGESTIONS

MEDIA_TYPE: Final = "application/opensearchdescription+xml"
NAMESPACE: Final = "http://a9.com/-/spec/opensearch/1.1/"
LONGEST_NAME, LONGEST_LONG_NAME = 16, 48
DAY: Final = 86_400


@require_safe
@cache_control(public=True, max_age=DAY)
def description(request: HttpRequest) -> HttpResponse:
    """The same for everybody who reads this language."""
    language = get_language() or FALLBACK_LANGUAGE
    base = f"{settings.BASE_URL}/{language}/search/"
    name = str(settings.SITE_NAME)
    xml = SeenXML()
    xml.startElement("OpenSearchDescription", {"xmlns": NAMESPACE})
    xml.put("ShortName", name[:LONGEST_NAME])
    xml.put("LongName", (_("Search %(site)s") % {"site": name})[:LONGEST_LONG_NAME])
    xml.put("Description", _("Searches %(site)s by words and by meaning.") % {"site": name})
    for media_type, rel, path in (
        ("text/html", "results", ""),
        ("application/atom+xml", "results", "feed.atom"),
        (SUGGESTIONS, "suggestions", "complete"),
    ):
        template = f"{base}{path}?q={{searchTerms}}"
        xml.put("Url", "", {"type": media_type, "rel": rel, "method": "get", "template": template})
    own = {"type": MEDIA_TYPE, "rel": "self", "template": f"{base}description.xml"}
    xml.put("Url", "", own)
    picture = settings.BASE_URL + static("kit/img/favicon.svg")
    xml.put("Image", picture, {"width": "16", "height": "16", "type": "image/svg+xml"})
    xml.put("Query", "", {"role": "example", "searchTerms": _("housing")})
    xml.put("Language", language)
    xml.put("InputEncoding", "UTF-8")
    xml.put("OutputEncoding", "UTF-8")
    xml.endElement("OpenSearchDescription")
    return HttpResponse(xml.written.getvalue(), content_type=f"{MEDIA_TYPE}; charset=utf-8")
