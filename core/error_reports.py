"""What an error report tells: the place in the code, and nothing of the people whose request it was."""

from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class SilentReports(SafeExceptionReporterFilter):
    """Error reports name the place in the code and nothing that anybody typed, uploaded or was shown."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Be silent always, in DEBUG too."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        """Name the fields and keep what was in them."""
        return dict.fromkeys(request.POST, self.cleansed_substitute) if request else {}

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> Any:
        """Name the variables and keep what was in them."""
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]
