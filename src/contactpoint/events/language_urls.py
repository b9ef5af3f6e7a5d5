"""Addresses beneath events, under the language; they stand before the pages themselves."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.events import calendar_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("events/registrations/<str:token>/", views.registration, name="event-registration"),
    path("events/<str:slug>/register/", views.register, name="event-register"),
    path("events/<str:slug>/registered/", views.registered, name="event-registered"),
    path("events/calendar.ics", calendar_views.all_events, name="events-calendar"),
    path(
        "themes/<slug:slug>/calendar.ics", calendar_views.theme_events, name="theme-events-calendar"
    ),
    path("events/<str:slug>/event.ics", views.event_file, name="event-file"),
]
