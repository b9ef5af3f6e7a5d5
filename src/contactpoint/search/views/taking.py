"""Lists of results to follow or to take along: a feed, a table, JSON. The same is seen as on the
page; what is of no use in a file (filters to click, corrections) is left out."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contactpoint.kit.labels import FALLBACK_LANGUAGE
from contactpoint.kit.spreadsheets import as_csv
from contactpoint.outputs.feeds import answered
from contactpoint.search.asking import ask
from contactpoint.search.asking.results import Result, Results
from contactpoint.search.asking.serialising import as_json
from contactpoint.search.engines.base import UnavailableError
from contactpoint.search.showing.addresses import Asked, read
from contactpoint.search.showing.choices import chosen
from contactpoint.search.showing.entries import search_feed
from contactpoint.search.showing.naming import Names
from contactpoint.search.views.page import RETRY_AFTER

MOST_ROWS: Final = 1000
MOST_IN_JSON: Final = 100
MOST_IN_FEED: Final = 40
MAX_AGE: Final = 300
BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it spreadsheets take the accents of a table for something else."""
