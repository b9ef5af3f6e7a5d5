"""The one address beside those of the admin."""

from django.urls import path

from contactpoint.operations.metrics_view import metrics

urlpatterns = [path("metrics", metrics, name="metrics")]
