"""Pictures, sound and film under `/media/`."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.media.serving import serve

urlpatterns: list[URLPattern | URLResolver] = [path("<path:path>", serve, name="media")]
