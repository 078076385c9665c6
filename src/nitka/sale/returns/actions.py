"""What can be done with returns, exchanges, replacements and complaints, and the policies they follow."""
