"""Rows of companies for tests."""
