"""Which face answers where."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from vigil.config.brand import style_sheet

handler400 = "vigil.config.errors.bad_request"
handler403 = "vigil.config.errors.forbidden"
handler404 = "vigil.config.errors.not_found"
handler500 = "vigil.config.errors.broken"

urlpatterns: list[URLPattern | URLResolver] = [
    path("brand.css", style_sheet, name="brand"),
    path("desk/", include("vigil.faces.desk.urls")),
    path("widget/", include("vigil.faces.widget.urls")),
]
if settings.VIGIL_MODE != "production":
    # The stand-in for the exchange's own site; a real installation's front door is the exchange itself.
    urlpatterns.append(path("", include("vigil.demo.urls")))
