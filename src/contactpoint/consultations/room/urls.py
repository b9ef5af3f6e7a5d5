"""Addresses of the room, under the language."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.consultations.room import section_views, views

_ONE = "room/<slug:code>/<str:country>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("room/", views.index, name="room"),
    path(_ONE, views.one, name="room-round"),
    path(f"{_ONE}act/", views.act, name="room-act"),
    path(f"{_ONE}language/", views.say_language, name="room-language"),
    path(f"{_ONE}marks/<str:question>/", views.mark, name="room-mark"),
    path(f"{_ONE}files/<str:reference>/", views.file, name="room-file"),
    path(f"{_ONE}sections/<str:section>/", section_views.section, name="room-section"),
    path(f"{_ONE}sections/<str:section>/hold/", section_views.hold, name="room-hold"),
]
