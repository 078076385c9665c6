"""Asking a register about a VAT number, and keeping what it said."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction

from nitka.ground import clock
from nitka.shelf.pricing import vat_numbers
from nitka.shelf.pricing.models import VatCheck
from nitka.shelf.pricing.tax_verbs import forget_now_and_later
from nitka.shelf.pricing.vat_registers import Said

REGISTERS = ("vies",)
KEPT = {"valid": timedelta(days=30), "invalid": timedelta(hours=1), "unknown": timedelta(minutes=10)}


def look_up_vat_number(*, number: str) -> None:
    """Let a job ask the register, where one is on and has not answered lately. Only numbers of EU members have one."""
    if settings.NITKA_VAT_REGISTER in REGISTERS and vat_numbers.country_of(number) and not _is_fresh(number):
        from nitka.shelf.pricing import tasks  # the clock's tasks stand above the verbs

        tasks.look_up_vat_number.later(number=number)


def _is_fresh(number: str) -> bool:
    row = VatCheck.objects.filter(number=number).first()
    return row is not None and clock.now() - row.checked_at < KEPT[row.status]


def look_up_now(number: str) -> str:
    """Ask and keep the answer; the network is asked outside of the transaction. An old yes or no outlives a silence."""
    if settings.NITKA_VAT_REGISTER not in REGISTERS:
        return VatCheck.Status.UNKNOWN
    said: Said = import_module(f"nitka.shelf.pricing.vat_registers.{settings.NITKA_VAT_REGISTER}").ask(number)
    with transaction.atomic():
        before = VatCheck.objects.select_for_update().filter(number=number).first()
        if said.status == VatCheck.Status.UNKNOWN and before and before.status != VatCheck.Status.UNKNOWN:
            return before.status
        VatCheck.objects.update_or_create(
            number=number,
            defaults={"status": said.status, "name": said.name, "proof": said.proof, "checked_at": clock.now()},
        )
        forget_now_and_later()
    return said.status
