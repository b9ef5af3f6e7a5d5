"""Pictures, sound and film under `/media/`, and how documents look."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.media.looking import look
from contactpoint.media.serving import serve

urlpatterns: list[URLPattern | URLResolver] = [
    path("first-pages/<int:pk>-<slug:checksum>.webp", look, name="first-page"),
    path("<path:path>", serve, name="media"),
]
