"""Forms of the merchant's own: their fields as data, and what was filled in."""
