"""The WSGI application that `serve` hands to the web server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from contactpoint.config.starting import starting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contactpoint.config.settings")
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
with starting():
    every_time = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018 — the first look reads them all, before anybody asks

    from contactpoint.delivery import listening
    from contactpoint.delivery.beginning import kept
    from contactpoint.kit.request_ids import NamedRequests
    from contactpoint.search import warming

hearing = listening.begin()
application = NamedRequests(kept(every_time, hearing) if settings.KEEP_PAGES else every_time)
warming.begin()
