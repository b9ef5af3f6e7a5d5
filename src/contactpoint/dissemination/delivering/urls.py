"""The one address beside those under a language."""

from django.urls import path

from contactpoint.dissemination.delivering.event_views import mail_events

urlpatterns = [path("mail/events", mail_events, name="mail-events")]
