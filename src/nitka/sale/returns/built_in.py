"""The policies of a shop that has written none: what EU law asks for, and a little kindness.

Return within 30 days (the law says 14), at the shop's cost; one exchange an order; a replacement of what came damaged,
with a photo; a complaint within two years, the legal guarantee of goods (Directive 2019/771, article 10).
"""

from typing import Any

POLICIES: tuple[dict[str, Any], ...] = (
    {"kind": "return", "name": "Return within 30 days", "window_days": 30, "auto_approve": True,
     "refund_to": ["original", "credit"], "refunds_delivery": True},
    {"kind": "exchange", "name": "One exchange within 30 days", "window_days": 30, "once_only": True,
     "auto_approve": True},
    {"kind": "replacement", "name": "Replacement of what came damaged", "window_days": 60, "needs_photo": True,
     "needs_goods": False},
    {"kind": "complaint", "name": "Complaint within two years", "window_days": 730, "needs_goods": False},
)  # fmt: skip
