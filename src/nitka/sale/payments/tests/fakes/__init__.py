"""A gateway that misbehaves: Stripe's and PayPal's side, played by a small server of our own for tests.

It speaks as their documentation says, as far as we use them. It proves what we do with what they answer, not what they
answer: docs/payments.md says what was seen against what.
"""
