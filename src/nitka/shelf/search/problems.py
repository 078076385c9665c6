"""How search says no."""

from django.utils.translation import gettext as _

from nitka.ground.problem import Problem


class UnknownLanguage(Problem):
    """The shop does not speak that language."""

    code = "unknown_language"
    status = 422

    def __init__(self, language: str) -> None:
        super().__init__(_("The shop has no such language. Choose one of its languages."), language=language)
