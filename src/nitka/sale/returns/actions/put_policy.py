"""The merchant's policies."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nitka.sale.returns.models import Kind, Policy
from nitka.sale.returns.policies import Rule
from nitka.sale.returns.problems import PolicyProblem
from nitka.sale.returns.words import REASONS_OF

WAYS = {"original", "credit", "gift_card"}


@transaction.atomic
def put_policy(*, rule: Rule) -> UUID:
    """Write a policy: a new one where `rule.id` is None, else that one anew. Cases that are open keep their terms.

    Raises PolicyProblem for one that makes no sense.
    """
    _refuse_nonsense(rule)
    values: dict[str, Any] = asdict(rule)
    values.pop("id")
    for name in ("markets", "countries", "categories", "tags", "reasons", "refund_to"):
        values[name] = list(values[name])
    if rule.id is None:
        return Policy.objects.create(**values).id
    if not Policy.objects.filter(id=rule.id).update(**values):
        raise PolicyProblem(_("There is no such policy any more."))
    return rule.id


@transaction.atomic
def drop_policy(*, policy_id: UUID) -> bool:
    """Take a policy out; False where that was done. Without any of its kind, the one that comes with Nitka holds."""
    return Policy.objects.filter(id=policy_id).delete()[0] > 0


def _refuse_nonsense(rule: Rule) -> None:
    if rule.kind not in Kind.values:
        raise PolicyProblem(_("Choose what the policy is about."))
    if not rule.name.strip():
        raise PolicyProblem(_("Give the policy a name."))
    if not 0 <= rule.restocking_percent <= 100:
        raise PolicyProblem(_("A part of the price lies between 0 and 100 per cent."))
    if rule.window_days is not None and not 0 <= rule.window_days <= 3650:
        raise PolicyProblem(_("Write the days as a number, at most ten years."))
    if min([*rule.refund_ceiling.values(), *rule.label_fee.values()], default=0) < 0:
        raise PolicyProblem(_("An amount is not below zero."))
    if set(rule.reasons) - set(REASONS_OF[rule.kind]):
        raise PolicyProblem(_("One of the reasons does not belong to this kind."))
    if set(rule.refund_to) - WAYS or not rule.refund_to:
        raise PolicyProblem(_("Choose where money may go back to."))
    if rule.way_back not in ("shop", "shopper"):
        raise PolicyProblem(_("Say who pays for the way back."))
