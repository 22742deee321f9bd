"""Addresses: one per route, each behind its door."""

from django.urls import path

from timvis.web.routes import ROUTES
from timvis.web.shared.asking import door

urlpatterns = [path(route.path, door(route), name=route.name) for route in ROUTES]
