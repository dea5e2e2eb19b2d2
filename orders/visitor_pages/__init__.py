"""The pages of visitors: those that Printora sends them back to, and their own prints."""
