"""One module per product: `build(options)` returns its objects, DETAIL and ROOM say how to photograph it."""
