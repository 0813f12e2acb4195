"""Addresses of the inbox and the display settings."""

from django.urls import path

from . import views

app_name = "core"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:pk>/", views.inbox_open, name="inbox_open"),
    path("preferences/", views.preferences, name="preferences"),
]
