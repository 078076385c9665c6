"""Where events are passed on to, a folder each: `NAME`, `is_on()`, `wants(event)`, `send(events)`."""
