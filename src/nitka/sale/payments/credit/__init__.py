"""Gift cards and store credit: a ledger with two sides. Private to payments; its verbs stand at payments' door."""
