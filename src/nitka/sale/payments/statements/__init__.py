"""What the bank says has come: statements read, kept once, matched with payments. Private to payments."""
