"""Rows of profiles for tests."""
