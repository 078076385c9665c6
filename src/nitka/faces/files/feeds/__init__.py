"""Feeds of products for those who show them elsewhere, one kind a module; README.md of files says how."""
