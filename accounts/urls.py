"""Addresses of signing in and out."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.LoginView.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("landing/", views.landing, name="landing"),
    path("profile/", views.profile, name="profile"),
]
