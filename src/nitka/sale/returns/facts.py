"""What returns tells."""
