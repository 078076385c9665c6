"""The thread tells nothing: it is where everything told is read."""
