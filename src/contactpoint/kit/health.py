"""What machines ask: is it alive, is it ready, what may be crawled."""

import logging

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)
_seen: dict[str, bool] = {}
PLAIN = "text/plain; charset=utf-8"


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nobody else, so that a slow database restarts nothing."""
    return HttpResponse("alive\n", content_type=PLAIN)


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Database, its migrations and shared cache are there; else 503, with what is missing."""
    checks = (("database", _database), ("migrations", _migrations), ("cache", _cache))
    missing = [name for name, check in checks if not check()]
    if missing:
        return HttpResponse(f"no {', no '.join(missing)}\n", content_type=PLAIN, status=503)
    return HttpResponse("ready\n", content_type=PLAIN)


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but the admin and the endless pages of search."""
    rules = ["User-agent: *", "Disallow: /admin/", "Disallow: /account/"]
    rules += [f"Disallow: /{code}/search/" for code, _name in settings.LANGUAGES]
    maps = ("sitemap.xml", *(f"sitemap-{kind}.xml" for kind in ("news", "videos", "images")))
    rules += ["", *(f"Sitemap: {settings.BASE_URL}/{name}" for name in maps), ""]
    return HttpResponse("\n".join(rules), content_type=PLAIN)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        logger.exception("The database does not answer.")
        return False


def _migrations() -> bool:
    """Whether the database is as this code needs it; asked until it is, since code can't change."""
    if not _seen.get("migrated"):
        try:
            executor = MigrationExecutor(connection)
        except DatabaseError:
            return False
        _seen["migrated"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _seen["migrated"]


def _cache() -> bool:
    try:
        cache.set("contactpoint.ready", "yes", 10)
        return bool(cache.get("contactpoint.ready") == "yes")
    except Exception:
        # Each cache backend has errors of its own.
        logger.exception("The cache does not answer.")
        return False
