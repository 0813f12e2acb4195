"""Addresses of the complaints."""

from django.urls import path

from .views import asking, door, evidence, filing, following, mine, own_data, returning, talking, uploading

app_name = "complaints"
urlpatterns = [
    path("new/", filing.new, name="new"),
    path("new/<slug:slug>/", filing.step, name="step"),
    path("challenge/", door.challenge, name="challenge"),
    path("agencies/", door.agencies, name="agencies"),
    path("new/evidence/<uuid:pk>/preview/", evidence.draft_preview, name="draft_preview"),
    path("uploads/", uploading.begin, name="upload_begin"),
    path("uploads/<uuid:pk>/", uploading.standing, name="upload_standing"),
    path("uploads/<uuid:pk>/<int:start>/", uploading.chunk, name="upload_chunk"),
    path("uploads/<uuid:pk>/finish/", uploading.finish, name="upload_finish"),
    path("uploads/<uuid:pk>/cancel/", uploading.cancel, name="upload_cancel"),
    path("left/", returning.left, name="left"),
    path("resume/", returning.resume, name="resume"),
    path("mine/", mine.matters, name="mine"),
    path("mine/find/", mine.find, name="mine_find"),
    path("mine/code/", mine.code, name="mine_code"),
    path("mine/<str:number>/", mine.open_matter, name="mine_open"),
    path("mine/<str:number>/new-code/", mine.new_code, name="mine_fresh_code"),
    path("receipt/<str:number>/", following.receipt, name="receipt"),
    path("receipt/<str:number>/file/", following.receipt_file, name="receipt_file"),
    path("track/", following.track, name="track"),
    path("track/done/", following.done, name="done"),
    path("track/<str:number>/", following.track_detail, name="track_detail"),
    path("track/<str:number>/rate/", following.rate, name="rate"),
    path("track/<str:number>/messages/", talking.message, name="message"),
    path("track/<str:number>/more/", talking.supplement, name="supplement"),
    path("track/<str:number>/withdraw/", talking.withdraw, name="withdraw"),
    path("track/<str:number>/review/", asking.review, name="review"),
    path("track/<str:number>/reward/", asking.reward, name="reward"),
    path("track/<str:number>/reward/id-number/", asking.id_number, name="id_number"),
    path("track/<str:number>/reward/id-number/remove/", asking.remove_id_number, name="remove_id_number"),
    path("track/<str:number>/disclosure/", asking.disclosure, name="disclosure"),
    path("track/<str:number>/data/", own_data.show, name="own_data"),
    path("track/<str:number>/data/download/", own_data.download, name="own_download"),
    path("track/<str:number>/data/contact/", own_data.contact, name="own_contact"),
    path("track/<str:number>/data/name/", own_data.name, name="own_name"),
    path("track/<str:number>/data/phone/", own_data.phone, name="own_phone"),
    path("track/<str:number>/data/phone/code/", own_data.phone_code, name="own_phone_code"),
    path("track/<str:number>/data/delete/", own_data.delete, name="own_delete"),
    path("track/<str:number>/evidence/<int:pk>/", evidence.evidence, name="evidence"),
    path("track/<str:number>/evidence/<int:pk>/preview/", evidence.preview, name="evidence_preview"),
]
