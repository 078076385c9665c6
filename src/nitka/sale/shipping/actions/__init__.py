"""What can be done about delivery."""

from nitka.sale.shipping.actions.customs import (
    end_forbidden,
    put_built_in_customs,
    put_duty,
    put_forbidden,
    put_territory,
    set_customs_terms,
)
from nitka.sale.shipping.actions.handing_over import make_manifest, order_pickup
from nitka.sale.shipping.actions.labels import announce, cancel_label, make_label
from nitka.sale.shipping.actions.options import (
    end_option,
    load_points,
    put_built_in_options,
    put_option,
    put_point,
    put_sourcing,
)
from nitka.sale.shipping.actions.parcels import mark_delivered, note_tracking, ship, take_in_webhook
from nitka.sale.shipping.actions.promising import Given, choose, keep_promises, replace_promise, risk_promise
from nitka.sale.shipping.problems import (
    BadOptionProblem,
    ChoiceProblem,
    CustomsProblem,
    LabelProblem,
    NothingToHandOverProblem,
    UnknownCarrierProblem,
    UnknownShipmentProblem,
)
from nitka.sale.shipping.providers import CarrierRefusedProblem, ForgedMessageProblem

__all__ = [
    "BadOptionProblem", "CarrierRefusedProblem", "ChoiceProblem", "CustomsProblem", "ForgedMessageProblem", "Given",
    "LabelProblem", "NothingToHandOverProblem", "UnknownCarrierProblem", "UnknownShipmentProblem", "announce",
    "cancel_label", "choose", "end_forbidden", "end_option", "keep_promises", "load_points", "make_label",
    "make_manifest", "mark_delivered", "note_tracking", "order_pickup", "put_built_in_customs",
    "put_built_in_options", "put_duty", "put_forbidden", "put_option", "put_point", "put_sourcing", "put_territory",
    "replace_promise", "risk_promise", "set_customs_terms", "ship", "take_in_webhook",
]  # fmt: skip
