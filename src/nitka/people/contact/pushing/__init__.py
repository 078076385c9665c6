"""Web push: messages sealed for one browser (RFC 8291), and who sends them (VAPID, RFC 8292). No network here."""
