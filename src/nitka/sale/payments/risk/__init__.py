"""How risky a payment looks: rules that are data, scores that add up. Private to payments."""
