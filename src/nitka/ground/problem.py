"""How the house says no."""

from typing import Any, ClassVar


class Problem(Exception):
    """A refusal that a person can act on.

    `code` names the kind for machines, the message is a translated sentence that says what to do, `detail` holds
    values for the caller. The API answers it as problem+json with `status`, pages show the message.
    """

    code: ClassVar[str] = "problem"
    status: ClassVar[int] = 409

    def __init__(self, message: str = "", **detail: Any) -> None:
        super().__init__(message or self.code)
        self.detail = detail

    @property
    def message(self) -> str:
        return str(self.args[0])
