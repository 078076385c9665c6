"""Questions about what orders and behaviour say of a customer."""
