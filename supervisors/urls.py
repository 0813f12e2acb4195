"""Addresses of the supervisors and of the money."""

from django.urls import path

from . import views
from .auditing import views as auditing
from .budgets import views as budgets
from .clawing import views as clawing
from .payouts import views as payouts

app_name = "supervisors"
urlpatterns = [
    path("", views.supervisor_list, name="list"),
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
]
