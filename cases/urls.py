"""Addresses of the cases: the work queue, the case, each act on its own page, and the agency's side."""

from django.urls import path

from . import views
from .desk import views as desk
from .entering import views as entering
from .handing import views as handing
from .keeping import views as keeping
from .merging import views as merging
from .overview import views as overview
from .reporting import views as reporting
from .reviewing import views as reviewing
from .timing import views as timing
from .ways import views as ways
from .worklist import views as worklist

app_name = "cases"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("searches/", desk.searches, name="searches"),
    path("searches/<int:pk>/", desk.change_search, name="change_search"),
    path("searches/<int:pk>/delete/", desk.delete_search, name="delete_search"),
    path("many/preview/", desk.preview, name="preview"),
    path("many/", desk.act, name="act_on_many"),
    path("export/", desk.export, name="export"),
    path("entry/", entering.enter, name="enter"),
    path("entry/<str:number>/", entering.entered, name="entered"),
    path("entry/<str:number>/file/", entering.entered_file, name="entered_file"),
    path("cases/<int:pk>/", views.case_detail, name="detail"),
    path("cases/<int:pk>/accept/", views.accept, name="accept"),
    path("cases/<int:pk>/decline/", views.decline, name="decline"),
    path("cases/<int:pk>/report/", views.report_own, name="report_own"),
    path("cases/<int:pk>/approve/", views.approve, name="approve"),
    path("cases/<int:pk>/send-back/", views.send_back, name="send_back"),
    path("cases/<int:pk>/follow-up/", views.follow_up, name="follow_up"),
    path("cases/<int:pk>/close/", views.close, name="close"),
    path("cases/<int:pk>/end-withdrawn/", views.end_withdrawn, name="end_withdrawn"),
    path("cases/<int:pk>/merge/<int:other_pk>/", merging.merge, name="merge"),
    path("cases/<int:pk>/unmerge/", merging.unmerge, name="unmerge"),
    path("cases/<int:pk>/messages/<int:complaint_pk>/", views.message, name="message"),
    path("cases/<int:pk>/phone/", views.reveal_phone, name="reveal_phone"),
    path("cases/<int:pk>/identity/<int:complaint_pk>/", views.note_identity, name="note_identity"),
    path("cases/<int:pk>/hold/<int:complaint_pk>/", keeping.hold, name="hold"),
    path("cases/<int:pk>/hold/<int:complaint_pk>/lift/", keeping.lift, name="lift_hold"),
    path("cases/<int:pk>/evidence/<int:evidence_pk>/", views.evidence, name="evidence"),
    path("cases/<int:pk>/evidence/<int:evidence_pk>/preview/", views.evidence_preview, name="evidence_preview"),
    path("cases/<int:pk>/reports/<int:report_pk>/scan/", reporting.scan, name="scan"),
    path("cases/<int:pk>/reports/<int:report_pk>/preview/", reporting.scan, {"preview": True}, name="scan_preview"),
    path("cases/<int:pk>/unmask/<int:complaint_pk>/", views.ask_unmasking, name="ask_unmasking"),
    path("unmaskings/<int:pk>/", views.decide_unmasking, name="decide_unmasking"),
    path("unmaskings/<int:pk>/show/", views.show_unmasked, name="show_unmasked"),
    path("unmaskings/<int:pk>/end/", views.end_unmasking, name="end_unmasking"),
    path("reviews/<int:pk>/", reviewing.answer, name="answer_review"),
    path("cases/<int:pk>/extend/", timing.ask_own, name="ask_own_extension"),
    path("cases/<int:pk>/suspend/", timing.suspend, name="suspend"),
    path("cases/<int:pk>/resume/", timing.resume, name="resume"),
    path("cases/<int:pk>/agencies/", ways.agencies, name="agencies"),
    path("cases/<int:pk>/agencies/add/", ways.add_co_handler, name="add_co_handler"),
    path("cases/<int:pk>/refer/", ways.refer, name="refer"),
    path("cases/<int:pk>/assign-again/", ways.assign_again, name="assign_again"),
    path("cases/<int:pk>/take-over/", ways.take_over, name="take_over"),
    path("cases/<int:pk>/refuse-return/", ways.refuse_return, name="refuse_return"),
    path("cases/<int:pk>/hand-on/", ways.hand_on, name="hand_on"),
    path("assignments/<int:pk>/give-back/", ways.give_back, name="give_back"),
    path("assignments/<int:pk>/opinion/", ways.opinion, name="opinion"),
    path("assignments/<int:pk>/end/", ways.end_co_handling, name="end_co_handling"),
    path("handovers/posts/<int:pk>/", handing.hand_over_post, name="hand_over_post"),
    path("handovers/<int:pk>/", handing.handover, name="handover"),
    path("handovers/<int:pk>/confirm/", handing.confirm, name="confirm_handover"),
    path("people/", handing.people, name="people"),
    path("people/<int:pk>/handover/", handing.hand_over_cases, name="hand_over_cases"),
    path("extensions/<int:pk>/", timing.decide, name="decide_extension"),
    path("assignments/<int:pk>/extend/", timing.ask, name="ask_extension"),
    path("assignments/", worklist.assignment_list, name="assignment_list"),
    path("assignments/agency/<int:pk>/", overview.agency, name="agency"),
    path("assignments/<int:pk>/", views.assignment_detail, name="assignment_detail"),
    path("assignments/<int:pk>/receive/", views.receive, name="receive"),
    path("assignments/<int:pk>/report/", reporting.report, name="report"),
    path("assignments/<int:pk>/reports/<int:report_pk>/scan/", reporting.own_scan, name="own_scan"),
    path("assignments/<int:pk>/reports/<int:report_pk>/preview/", reporting.own_scan, {"preview": True}, name="own_scan_preview"),
    path("assignments/<int:pk>/disclosed/", views.reveal_disclosed, name="reveal_disclosed"),
]
