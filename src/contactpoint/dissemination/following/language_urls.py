"""Addresses under the language; they stand before the pages themselves."""

from django.urls import URLPattern, URLResolver, path

from contactpoint.dissemination.following import own_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("follow/", views.follow, name="follow"),
    path("follow/sent/", views.sent, name="follow-sent"),
    path("follow/confirm/<str:token>/", views.confirm, name="follow-confirm"),
    path("follow/mine/<str:token>/", own_views.mine, name="follow-mine"),
    path("follow/mine/<str:token>/export.json", own_views.export, name="follow-export"),
    path("follow/stop/<str:token>/", own_views.stop, name="follow-stop"),
]
