"""The creators' merch: synced from Printora, shown, and sold (flows B and C)."""
