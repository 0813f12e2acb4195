"""Addresses that exist in demo mode only."""

from django.urls import path

from . import views

urlpatterns = [path("outbox/", views.demo_outbox, name="demo_outbox")]
