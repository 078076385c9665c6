"""The code lists that structured invoices share: UNTDID 1001, 4461, 5305, and what EN 16931 asks beside them."""

from decimal import ROUND_HALF_UP, Decimal

from nitka.sale.orders.invoicing.document import Document, DocumentLine

TYPE_CODES = {"invoice": "380", "credit_note": "381"}
TRANSFER, CARD, CASH, ONLINE = "58", "48", "10", "68"

_MEANS = {
    "bank_transfer": TRANSFER, "on_account": TRANSFER, "cash_on_delivery": CASH, "stripe": CARD, "demo_card": CARD,
    "paypal": ONLINE,
}  # fmt: skip
_CATEGORIES = {"reverse_charge": "AE", "export": "G", "exempt": "E"}


def means_of_payment(method: str) -> str:
    """UNTDID 4461; 1 (not defined) for means that it does not name."""
    return _MEANS.get(method, "1")


def category(paper: Document, rate: Decimal) -> str:
    """UNTDID 5305: S standard, Z zero, AE reverse charge, G export, E exempt."""
    return "S" if rate else _CATEGORIES.get(paper.tax_kind, "Z")


def exemption(paper: Document, rate: Decimal) -> str:
    """The reason that EN 16931 asks for where no tax is taken by AE, G or E."""
    return paper.tax_note if category(paper, rate) in _CATEGORIES.values() else ""


def subtotal_lines(paper: Document) -> list[DocumentLine]:
    """The lines that are goods; delivery is a charge on the document, unless there is nothing else."""
    return [line for line in paper.lines if not line.is_charge] or list(paper.lines)


def price_of(line: DocumentLine, paper: Document) -> tuple[Decimal, Decimal]:
    """The net price and for how many pieces it is, such that price × pieces ÷ that number is the net sum exactly."""
    net = paper.amount(line.net_minor)
    each = (net / line.pieces).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return (each, Decimal(1)) if each * line.pieces == net else (net, Decimal(line.pieces))
