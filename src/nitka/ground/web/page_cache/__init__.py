"""Ready pages: kept in the memory of each web process, given out before Django, never older than two seconds.

`news` follows what changed, `pages` keeps what was made, `layer` stands before the application. Which pages may be kept
is said by their views (`public`), what a request asks for by the face that knows it, what changed by the tables
(`watching`).
"""
