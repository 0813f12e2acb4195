"""Every address of the portal. The paths in this file are promised to stay."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from . import views

# There is one way in, with one lock-out and the second factor, and one page on which to change a password.
admin.site.login = login_required(views.not_an_administrator)  # type: ignore[method-assign]
admin.site.password_change = views.own_password  # type: ignore[method-assign, assignment]
admin.site.site_header = _("Administration of the portal")
admin.site.site_title = _("Administration")
admin.site.index_title = _("Agencies, accounts, supervisors, calendar and time limits")
admin.site.site_url = "/inbox/"  # back to the person's own pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("metrics/", views.metrics, name="metrics"),
    path("information/", views.information, name="information"),
    path("information/<slug:slug>/", views.information_page, name="information_page"),
    path("", include("core.urls")),
    path("accounts/", include("accounts.urls")),
    path("complaints/", include("complaints.urls")),
    path("complaints/", include("supervisors.reward_urls")),
    path("manage/", admin.site.urls),
    path("staff/", include("cases.urls")),
    path("staff/filings/", include("complaints.staff_urls")),
    path("staff/agencies/", include("agencies.urls")),
    path("staff/supervisors/", include("supervisors.urls")),
    path("supervisors/", include("supervisors.public_urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("core.demo_urls")))
