"""Addresses of the supervisors."""

from django.urls import path

from .duties import views as duties
from .recruiting import views as recruiting
from .roster import views as roster

app_name = "supervisors"
urlpatterns = [
    path("", roster.supervisor_list, name="list"),
    path("export/", roster.export, name="export"),
    path("import/", roster.import_file, name="import"),
    path("<int:pk>/", roster.detail, name="detail"),
    path("<int:pk>/renew/", roster.renew, name="renew"),
    path("<int:pk>/suspend/", roster.suspend, name="suspend"),
    path("<int:pk>/resume/", roster.resume, name="resume"),
    path("<int:pk>/leave/", roster.leave, name="leave"),
    path("<int:pk>/appraise/", roster.appraise, name="appraise"),
    path("<int:pk>/task/", duties.task, name="task"),
    path("terms/<int:pk>/certificate/", roster.certificate, name="certificate"),
    path("terms/<int:pk>/card/", roster.card, name="card"),
    path("terms/<int:pk>/collect/", roster.collect, name="collect"),
    path("calls/", recruiting.call_list, name="calls"),
    path("calls/new/", recruiting.call_new, name="call_new"),
    path("calls/<int:pk>/", recruiting.call_detail, name="call"),
    path("calls/<int:pk>/nominate/", recruiting.nominate, name="nominate"),
    path("candidates/<int:pk>/", recruiting.candidacy, name="candidacy"),
    path("candidates/<int:pk>/phone/", recruiting.phone, name="phone"),
    path("candidates/<int:pk>/object/", recruiting.object_to, name="object"),
    path("candidates/<int:pk>/objections/<int:objection>/", recruiting.settle, name="settle"),
    path("candidates/<int:pk>/<slug:name>/", recruiting.move, name="move"),
    path("duties/", duties.duty_list, name="duties"),
    path("duties/<int:pk>/confirm/", duties.confirm, name="confirm"),
    path("duties/<int:pk>/refuse/", duties.refuse, name="refuse"),
    path("quotas/", duties.quotas, name="quotas"),
    path("quotas/new/", duties.quota_new, name="quota_new"),
    path("mine/", duties.mine, name="mine"),
    path("mine/duty/", duties.log, name="log"),
    path("mine/tasks/<int:pk>/", duties.task_done, name="task_done"),
    path("mine/interests/", duties.declare, name="declare"),
    path("mine/interests/confirm/", duties.confirm_interests, name="confirm_interests"),
    path("mine/interests/<int:pk>/end/", duties.end_interest, name="end_interest"),
]
