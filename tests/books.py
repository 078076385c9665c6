"""All books of the sale beside each other: what a race or a crash must never leave behind.

One list of rules, each a question to the database that finds the rows which break it. They hold for a shop at rest:
jobs have run, and the sweepers came by after the time to pay was over.
"""

from django.db import connection

# Of an order that counts: somebody gets its goods. History of another system has no books here.
LIVING = "('placed', 'paid', 'packed', 'part_shipped', 'shipped', 'delivered')"

RULES: dict[str, str] = {
    # --- No oversell -----------------------------------------------------------------------------
    "oversold: more is promised than lies there": """
        SELECT id::text FROM inventory_levels WHERE reserved > on_hand OR reserved < 0""",
    "stock: what is promised is not the sum of the holds": """
        SELECT l.id::text || ' says ' || l.reserved || ', holds ' || coalesce(sum(h.quantity), 0)
        FROM inventory_levels l LEFT JOIN inventory_holds h
            ON h.variant_id = l.variant_id AND h.location_id = l.location_id AND h.state = 'held'
        GROUP BY l.id HAVING l.reserved <> coalesce(sum(h.quantity), 0)""",
    "stock ledger: a level is not the sum of its moves": """
        SELECT l.id::text FROM inventory_levels l LEFT JOIN inventory_moves m
            ON m.variant_id = l.variant_id AND m.location_id = l.location_id
        GROUP BY l.id HAVING l.on_hand <> coalesce(sum(m.pieces) FILTER (WHERE m.grade = 'good'), 0)
            OR l.damaged <> coalesce(sum(m.pieces) FILTER (WHERE m.grade = 'damaged'), 0)""",
    # --- No leaked reservation, no lost goods ----------------------------------------------------
    "leaked: goods are held for nobody": f"""
        SELECT h.reference::text FROM inventory_holds h
        LEFT JOIN orders_orders o ON o.id = h.reference LEFT JOIN returns_cases c ON c.id = h.reference
        WHERE h.state = 'held' AND c.id IS NULL AND (o.id IS NULL OR o.status NOT IN {LIVING})""",
    "lost goods: an order stands without them": f"""
        SELECT o.code FROM orders_orders o
        JOIN (SELECT order_id, sum(quantity - cancelled) AS pieces FROM orders_lines WHERE variant_id IS NOT NULL
              GROUP BY 1) l ON l.order_id = o.id
        LEFT JOIN (SELECT reference, sum(quantity) AS pieces FROM inventory_holds WHERE state <> 'released'
                   GROUP BY 1) h ON h.reference = o.id
        WHERE o.source = '' AND o.status IN {LIVING} AND l.pieces <> coalesce(h.pieces, 0)""",
    # --- No second charge, no lost order ---------------------------------------------------------
    "second order: one cart became two": f"""
        SELECT came_from_cart::text FROM orders_orders WHERE status IN {LIVING} AND came_from_cart IS NOT NULL
        GROUP BY 1 HAVING count(*) > 1""",
    "second charge: the gateway took more than the order costs": """
        SELECT o.code || ' took ' || sum(d.took) || ' of ' || o.total_minor FROM orders_orders o
        JOIN payments_payments p ON p.reference = o.id
        JOIN (SELECT payment_id, CASE WHEN holds THEN captured_minor WHEN state = 'succeeded' THEN minor ELSE 0 END
                     - refunded_minor AS took FROM payments_demo_charges) d ON d.payment_id = p.id
        WHERE o.status <> 'failed' GROUP BY o.id
        HAVING sum(d.took) > CASE o.status WHEN 'cancelled' THEN 0 ELSE o.total_minor - o.credit_minor END""",
    "lost order: the gateway has money of an order that does not stand": f"""
        SELECT coalesce(o.code, d.ref) FROM payments_demo_charges d
        LEFT JOIN payments_payments p ON p.id = d.payment_id LEFT JOIN orders_orders o ON o.id = p.reference
        WHERE d.state = 'succeeded' AND CASE WHEN d.holds THEN d.captured_minor ELSE d.minor END > d.refunded_minor
            AND (o.id IS NULL OR o.status NOT IN {LIVING})""",
    "gateway: our books say another amount than the gateway's": """
        SELECT p.label || ' ours ' || p.captured_minor || '-' || p.refunded_minor || ', theirs ' || t.took || '-'
               || d.refunded_minor
        FROM payments_payments p JOIN payments_demo_charges d ON d.payment_id = p.id
        CROSS JOIN LATERAL (SELECT CASE WHEN d.holds THEN d.captured_minor WHEN d.state = 'succeeded' THEN d.minor
                                   ELSE 0 END AS took) t
        WHERE p.provider = 'demo_card' AND (p.captured_minor <> t.took OR p.refunded_minor <> d.refunded_minor
            + (SELECT coalesce(sum(minor), 0) FROM payments_refunds r
               WHERE r.payment_id = p.id AND r.into_id IS NOT NULL AND r.state <> 'failed'))""",
    "waiting: an order still waits for its card": """
        SELECT code FROM orders_orders WHERE status = 'awaiting'""",
    "paid: an order counts as paid without its money, or has it and does not": f"""
        SELECT o.code FROM orders_orders o
        LEFT JOIN (SELECT reference, sum(captured_minor) AS came FROM payments_payments GROUP BY 1) p
            ON p.reference = o.id
        WHERE o.source = '' AND o.status IN {LIVING} AND o.paid <> (coalesce(p.came, 0) >= o.total_minor)""",
    "cancelled: an order is off, and its money is still here": """
        SELECT o.code FROM orders_orders o JOIN payments_payments p ON p.reference = o.id
        WHERE o.source = '' AND o.status IN ('failed', 'cancelled') GROUP BY o.id
        HAVING sum(p.captured_minor - p.refunded_minor) <> 0""",
    "refunds: what went back is not the sum of the refunds": """
        SELECT p.id::text FROM payments_payments p LEFT JOIN payments_refunds r
            ON r.payment_id = p.id AND r.state <> 'failed'
        GROUP BY p.id HAVING p.refunded_minor <> coalesce(sum(r.minor), 0)""",
    "refunds: one is on its way for ever": """
        SELECT id::text FROM payments_refunds WHERE state = 'started'""",
    "captures: one is on its way for ever": """
        SELECT id::text FROM payments_captures WHERE state = 'started'""",
    "cart: it was ordered and is still open": f"""
        SELECT c.token FROM checkout_carts c JOIN orders_orders o ON o.cart_id = c.id
        WHERE c.ordered_at IS NULL AND o.status IN {LIVING}""",
    # --- Ledgers ---------------------------------------------------------------------------------
    "credit ledger: a transfer does not sum to zero": """
        SELECT transfer_id::text FROM payments_credit_entries GROUP BY 1 HAVING sum(minor) <> 0""",
    "credit ledger: a balance is not the sum of its entries": """
        SELECT a.id::text FROM payments_credit_accounts a LEFT JOIN payments_credit_entries e ON e.account_id = a.id
        WHERE a.kind IN ('gift_card', 'store_credit')
        GROUP BY a.id HAVING a.balance_minor <> coalesce(sum(e.minor), 0)""",
    "credit: what was spent on an order is not what its payments say": """
        SELECT p.reference::text FROM (
            SELECT reference, sum(captured_minor) AS minor FROM payments_payments
            WHERE provider IN ('gift_card', 'store_credit') GROUP BY 1) p
        WHERE p.minor <> (
            SELECT coalesce(-sum(e.minor), 0) FROM payments_credit_transfers t
            JOIN payments_credit_entries e ON e.transfer_id = t.id
            JOIN payments_credit_accounts a ON a.id = e.account_id AND a.kind IN ('gift_card', 'store_credit')
            WHERE t.kind = 'spend' AND t.reference = p.reference)""",
    "promotions: a limit is not the number of uses": """
        SELECT p.name FROM pricing_promotions p LEFT JOIN pricing_promotion_uses u ON u.promotion_id = p.id
        WHERE p.most IS NOT NULL GROUP BY p.id HAVING p.used <> count(u.id)""",
    "promotions: a budget is not the sum of its uses": """
        SELECT b.id::text FROM pricing_promotion_budgets b LEFT JOIN pricing_promotion_uses u
            ON u.promotion_id = b.promotion_id AND u.currency = b.currency
        GROUP BY b.id HAVING b.spent_minor <> coalesce(sum(u.minor), 0) OR b.spent_minor > b.most_minor""",
    "promotions: a code counts other than its uses": """
        SELECT c.code FROM pricing_promotion_codes c LEFT JOIN pricing_promotion_uses u ON u.code_id = c.id
        WHERE c.most IS NOT NULL GROUP BY c.id HAVING c.used <> count(u.id) OR c.used > c.most""",
    "promotions: one is used by an order that does not stand": f"""
        SELECT u.reference::text FROM pricing_promotion_uses u LEFT JOIN orders_orders o ON o.id = u.reference
        WHERE o.id IS NULL OR o.status NOT IN {LIVING}""",
    "promotions: an order has one that nobody counted": f"""
        SELECT o.code FROM orders_orders o WHERE o.source = '' AND o.status IN {LIVING}
            AND jsonb_array_length(o.promotions) > 0
            AND NOT EXISTS (SELECT 1 FROM pricing_promotion_uses u WHERE u.reference = o.id)""",
    # --- What was told ---------------------------------------------------------------------------
    "facts: an order was told to be placed other than once": f"""
        SELECT o.code FROM orders_orders o LEFT JOIN facts f
            ON f.subject = o.id::text AND f.kind = 'orders.order_placed'
        WHERE o.source = '' AND o.status IN {LIVING} GROUP BY o.id HAVING count(f.id) <> 1""",
    "facts: a reaction failed for good": """
        SELECT listener || ': ' || right(error, 120) FROM facts_dead_letters WHERE retried_at IS NULL""",
}


def faults() -> list[str]:
    """What is wrong in the books of this shop, one sentence each; empty as it should be."""
    found = []
    with connection.cursor() as cursor:
        for rule, question in RULES.items():
            cursor.execute(question)
            found += [f"{rule} ({row[0]})" for row in cursor.fetchall()]
    return found
