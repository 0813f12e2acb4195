"""Demo mode's post room: messages that would leave the house are kept and shown at /demo/outbox/ instead."""

import uuid
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from . import clock
from .channels import Message
from .masking import mask_email, mask_phone
from .models import DemoMessage


class DemoEmailBackend(BaseEmailBackend):
    """Keeps e-mails."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each message, its address masked; returns how many."""
        for mail in email_messages:
            message_id = mail.extra_headers.get("Message-ID", f"<{uuid.uuid4()}@portal>")
            to = ", ".join(mask_email(address) for address in mail.to)
            DemoMessage.objects.create(
                channel="email",
                to=to[:80],
                subject=mail.subject[:200],
                body=str(mail.body),
                message_id=message_id,
                at=clock.now(),
            )
        return len(email_messages)


class DemoSmsBackend:
    """Keeps text messages."""

    def send(self, message: Message) -> None:
        """Keep the message, its number masked."""
        DemoMessage.objects.create(
            channel="sms", to=mask_phone(message.address.phone), body=message.body, message_id=message.message_id, at=clock.now()
        )
