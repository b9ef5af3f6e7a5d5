"""What a web process that keeps pages begins with."""

from django.conf import settings

from contactpoint.delivery.again import Again
from contactpoint.delivery.files import Files
from contactpoint.delivery.keeping import Keep
from contactpoint.delivery.serving import Application, KeptPages
from contactpoint.kit.changes import generations


def kept(application: Application) -> KeptPages:
    """The application with kept pages ahead of it, and what works beside it."""
    keep = Keep(generations())
    files = None
    if settings.PAGE_FILES:
        files = Files(settings.PAGE_FILES, keep.generations, settings.ALLOWED_HOSTS, keep.left)
        files.begin()
    pages = KeptPages(application, keep, files)
    Again(pages, keep).begin()
    return pages
