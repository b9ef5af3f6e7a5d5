"""The WSGI application that `serve` hands to the web server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "contactpoint.config.settings")
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
application = get_wsgi_application()

from contactpoint.search import warming  # noqa: E402 — models are ready only now

warming.begin()
