"""Tables of what companies agreed with the shop: limits, approvals, terms, quotes, lists."""
