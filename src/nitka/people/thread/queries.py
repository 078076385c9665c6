"""Questions about the timeline of a customer."""
