"""Made-up people, agencies and filings for the tests of the complaints room."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from agencies import actions as agencies
from agencies.models import Agency
from complaints.filing import Filer, Filing
from complaints.models import Complainant

AT = datetime(2026, 9, 18, 2, 24, tzinfo=UTC)  # a Friday, 10:24 in Shanghai
NAME = "示例人甲"
PHONE = "+8613800002071"
EMAIL = "shili.jia@example.invalid"
NARRATIVE = (
    "您好。八月二十日我到窗口申请变更许可，窗口说五个工作日办结。我叫示例人甲，电话 138-0000 2071，"
    "邮箱 shili.jia@example.invalid。之后去了三次，每次都说等领导回来再说，材料退回也没有书面说明。"
)


def agency(name: str = "示例县住房和城乡建设局", short_name: str = "住建局", **words: Any) -> Agency:
    return agencies.add_agency(name=name, short_name=short_name, kind=Agency.Kind.COUNTY, **words)


def filer(**changes: Any) -> Filer:
    verified = Complainant.Verification.PHONE
    return replace(Filer(name=NAME, phone=PHONE, email=EMAIL, verification=verified, verified_at=AT), **changes)


def filing(**changes: Any) -> Filing:
    return replace(Filing(narrative=NARRATIVE, filer=filer(), category=4, behaviours=("4a", "4c"), notify_sms=True), **changes)
