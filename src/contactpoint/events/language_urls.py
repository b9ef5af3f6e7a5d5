"""Addresses beneath events, under the language; they stand before the pages themselves."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.events import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("events/registrations/<str:token>/", views.registration, name="event-registration"),
    path("events/<str:slug>/register/", views.register, name="event-register"),
    path("events/<str:slug>/registered/", views.registered, name="event-registered"),
    path("events/<str:slug>/event.ics", views.event_file, name="event-file"),
]
