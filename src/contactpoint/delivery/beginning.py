"""What a web process that keeps pages begins with."""

from django.conf import settings

from contactpoint.delivery.again import Again
from contactpoint.delivery.ending import Ending
from contactpoint.delivery.files import Files
from contactpoint.delivery.keeping import Keep
from contactpoint.delivery.machines import Hearing
from contactpoint.delivery.serving import Application, KeptPages
from contactpoint.kit import held
from contactpoint.kit.changes import generations


def kept(application: Application, hearing: Hearing | None = None) -> KeptPages:
    """The application with kept pages ahead of it, and what works beside it; `hearing` says whether
    this machine is told what others change, where there may be others. What is made of many rows
    is held from here on, too."""
    is_told = hearing.is_current if hearing is not None else None
    held.begin(is_told)
    keep = Keep(generations(), is_told=is_told, ending=Ending(generations()))
    files = None
    if settings.PAGE_FILES:
        files = Files(
            settings.PAGE_FILES,
            keep.generations,
            settings.ALLOWED_HOSTS,
            keep.left,
            is_told=is_told,
        )
        files.begin()
    pages = KeptPages(application, keep, files)
    Again(pages, keep).begin()
    return pages
