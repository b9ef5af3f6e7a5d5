"""What has left is public for good, so search engines are told of it."""

import re

from django.test import Client
from django.utils import timezone
from factories import LANGUAGES

from contactpoint.dissemination.newsletter.sending import schedule, work
from contactpoint.outputs.models import Output

from .conftest import issue_of


def test_the_sitemap_names_the_archive_and_what_has_left(client: Client, study: Output) -> None:
    issue_of(study, titles={"en": "A draft"})
    schedule(issue_of(study), timezone.now())
    work()
    found = re.findall(
        r"<loc>https://portal\.example\.org(/\w+/newsletter/[^<]*)</loc>",
        client.get("/sitemap.xml").content.decode(),
    )
    wanted = [f"/{code}/newsletter/{rest}" for code in LANGUAGES for rest in ("", "1/")]
    assert sorted(found) == sorted(wanted)
    for address in found:
        assert client.get(address).status_code == 200, address
