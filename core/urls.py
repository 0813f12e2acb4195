"""Addresses of the inbox, the display settings and the transparency log."""

from django.urls import path

from . import views
from .transparency import views as transparency

app_name = "core"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<int:pk>/", views.inbox_open, name="inbox_open"),
    path("preferences/", views.preferences, name="preferences"),
    path("transparency/", transparency.overview, name="transparency"),
    path("transparency/verify/", transparency.verify, name="verify"),
    path("transparency/heads.json", transparency.heads, name="heads"),
    path("transparency/consistency.json", transparency.consistency, name="consistency"),
    path("transparency/verify_receipt.py", transparency.verifier, name="verifier"),
]
