"""Pictures, sound and film under `/media/`, captions, and how documents look."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.media.looking import look
from contactpoint.media.serving import serve
from contactpoint.media.subtitling import captions

urlpatterns: list[URLPattern | URLResolver] = [
    path("first-pages/<int:pk>-<slug:checksum>.webp", look, name="first-page"),
    path("captions/<int:pk>/<slug:language>.vtt", captions, name="captions"),
    path("<path:path>", serve, name="media"),
]
