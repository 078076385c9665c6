"""Draws furniture from parts, with nothing but Pillow."""
