"""Values of attributes as people say them, in their units."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from nitka.ground import locale


def value_of(attribute: Mapping[str, Any], units: locale.Units, language: str) -> str:
    """Yes or no, a measure in the units of the customer, a number with its unit, or the text."""
    value, unit = attribute["value"], attribute["unit"]
    if attribute["kind"] == "boolean":
        return _("Yes") if value else _("No")
    if attribute["kind"] == "number" and isinstance(value, int | float):
        if unit == "mm":
            return locale.length(round(value), units, language)
        if unit == "g":
            return locale.weight(round(value), units, language)
        return f"{locale.format_number(value, language)} {unit}".strip()
    return f"{attribute['text']} {unit}".strip()
