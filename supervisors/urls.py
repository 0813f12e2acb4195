"""Addresses of the supervisors and of the money."""

from django.urls import path

from .auditing import views as auditing
from .budgets import views as budgets
from .clawing import views as clawing
from .duties import views as duties
from .inspecting import field_views as field
from .inspecting import views as inspecting
from .payouts import views as payouts
from .recruiting import views as recruiting
from .roster import views as roster
from .tips import views as tips

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
    path("money/budgets/", budgets.budget_list, name="budgets"),
    path("money/budgets/open/", budgets.budget_open, name="budget_open"),
    path("money/budgets/<int:pk>/", budgets.budget_detail, name="budget"),
    path("money/budgets/<int:pk>/change/", budgets.budget_change, name="budget_change"),
    path("money/payouts/", payouts.payouts, name="payouts"),
    path("money/payouts/new/", payouts.batch_create, name="batch_create"),
    path("money/payouts/<int:pk>/", payouts.batch_detail, name="batch"),
    path("money/payouts/<int:pk>/send/", payouts.batch_send, name="batch_send"),
    path("money/payouts/<int:pk>/drop/", payouts.batch_drop, name="batch_drop"),
    path("money/payouts/<int:pk>/recall/", payouts.batch_recall, name="batch_recall"),
    path("money/payouts/<int:pk>/file/", payouts.batch_file, name="batch_file"),
    path("money/payouts/<int:pk>/answer/", payouts.batch_answer, name="batch_answer"),
    path("money/payouts/answers/<int:pk>/", payouts.result_detail, name="result"),
    path("money/payouts/answers/<int:pk>/apply/", payouts.result_apply, name="result_apply"),
    path("money/payouts/answers/<int:pk>/discard/", payouts.result_discard, name="result_discard"),
    path("money/payouts/cash/<int:pk>/", payouts.cash_pay, name="cash_pay"),
    path("money/payouts/cash/<int:pk>/voucher/", payouts.voucher, name="voucher"),
    path("money/claw-backs/", clawing.claw_back_list, name="claw_backs"),
    path("money/claw-backs/ask/", clawing.claw_back_ask, name="claw_back_ask"),
    path("money/claw-backs/<int:pk>/decide/", clawing.claw_back_decide, name="claw_back_decide"),
    path("money/claw-backs/<int:pk>/returned/", clawing.claw_back_returned, name="claw_back_returned"),
    path("money/audit/", auditing.ledger, name="audit"),
    path("money/audit/file/", auditing.ledger_file, name="audit_file"),
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
    path("field/", field.field, name="field"),
    path("field/who/", field.who, name="field_who"),
    path("field/worker.js", field.worker, name="field_worker"),
    path("field/<uuid:pk>/", field.record, name="field_record"),
    path("tips/", tips.office, name="tips"),
    path("tips/mine/", tips.own, name="own_tips"),
    path("tips/new/", tips.give, name="tip"),
]
