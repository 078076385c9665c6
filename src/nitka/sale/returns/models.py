"""Tables of returns, exchanges, replacements and complaints, and the policies they follow."""
