"""Questions about returns, exchanges, replacements and complaints, and the policies they follow."""
