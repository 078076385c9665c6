"""Rows of returns for tests."""
