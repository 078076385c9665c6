"""Search tells nothing: what it shows is told by those who own it."""
