"""Addresses that everybody may open: calls, public notices, cards."""

from django.urls import path

from .recruiting import public_views as views

app_name = "supervision"
urlpatterns = [
    path("", views.calls, name="calls"),
    path("calls/<int:pk>/", views.nominate, name="nominate"),
    path("nominated/", views.nominated, name="nominated"),
    path("verify/", views.verify, name="verify_ask"),
    path("verify/<str:code>/", views.verify, name="verify"),
]
