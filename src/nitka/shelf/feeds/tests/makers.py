"""Rows of feeds for tests."""
