"""Goods that cross a border: what is forbidden, what it costs there, and the papers. Private to shipping."""
