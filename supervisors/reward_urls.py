"""Addresses of this room for who reported, beside those of the complaints."""

from django.urls import path

from .rewards import public_views

app_name = "rewards"
urlpatterns = [path("track/<str:number>/reward/collect/", public_views.collect, name="collect")]
