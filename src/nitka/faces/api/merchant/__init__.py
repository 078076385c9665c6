"""The API of the merchant's own programs: every endpoint one action, its line in the audit log, and a scoped token."""
