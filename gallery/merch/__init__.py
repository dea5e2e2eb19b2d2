"""Mirror the creators' merch from Printora, show it, and sell it (flows B and C)."""
