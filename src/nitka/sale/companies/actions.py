"""What can be done with what companies agreed with the shop: limits, approvals, terms, quotes, lists."""
