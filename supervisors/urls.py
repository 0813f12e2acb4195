"""Addresses of the supervisors."""

from django.urls import path

from . import views
from .inspecting import field_views as field
from .inspecting import views as inspecting
from .tips import views as tips

app_name = "supervisors"
urlpatterns = [
    path("", views.supervisor_list, name="list"),
    path("inspections/", inspecting.inspection_list, name="inspections"),
    path("inspections/new/", inspecting.plan, name="inspection_new"),
    path("inspections/checklists/", inspecting.checklists, name="checklists"),
    path("inspections/checklists/<int:pk>/", inspecting.checklist, name="checklist"),
    path("inspections/records/<int:pk>/case/", inspecting.make_case, name="record_case"),
    path("inspections/records/<int:pk>/tip/", inspecting.make_tip, name="record_tip"),
    path("inspections/records/<int:pk>/pictures/<uuid:file>/", inspecting.picture, name="record_picture"),
    path("inspections/<uuid:pk>/", inspecting.inspection, name="inspection"),
    path("inspections/<uuid:pk>/close/", inspecting.close, name="inspection_close"),
    path("inspections/<uuid:pk>/call-off/", inspecting.call_off, name="inspection_call_off"),
    # The service worker sees what lies below this address and nothing else.
    path("field/", field.field, name="field"),
    path("field/who/", field.who, name="field_who"),
    path("field/worker.js", field.worker, name="field_worker"),
    path("field/<uuid:pk>/", field.record, name="field_record"),
    path("tips/", tips.office, name="tips"),
    path("tips/mine/", tips.own, name="own_tips"),
    path("tips/new/", tips.give, name="tip"),
]
