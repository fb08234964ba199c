"""Which face answers where."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
if settings.VIGIL_MODE != "production":
    # The stand-in for the exchange's own site; a real installation's front door is the exchange itself.
    urlpatterns.append(path("", include("vigil.demo.urls")))
