"""What companies tells."""
