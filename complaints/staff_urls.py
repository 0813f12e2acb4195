"""Addresses of helper units, under /staff/filings/."""

from django.urls import path

from .views import helping

app_name = "filings"
urlpatterns = [
    path("", helping.filing_list, name="list"),
    path("new/", helping.filing_new, name="new"),
    path("<str:number>/", helping.filing_detail, name="detail"),
    path("<str:number>/receipt/", helping.filing_receipt, name="receipt"),
    path("<str:number>/receipt/file/", helping.filing_receipt_file, name="receipt_file"),
]
