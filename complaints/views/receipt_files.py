"""How a receipt leaves the house as a file; who may have it, the page that offers it has asked."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from complaints import receipt_files, receipts
from complaints.models import Complaint
from core.context_processors import portal


def saved(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """Hand out the receipt to be saved."""
    receipt = receipts.receipt_of(complaint)
    disposition = content_disposition_header(True, receipt_files.file_name(receipt)) or "attachment"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(receipt_files.pdf_of(receipt, portal(request)["office"]), content_type="application/pdf", headers=headers)
