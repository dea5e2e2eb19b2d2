"""Likes, views and prints: what visitors do with the pictures, and how trending that makes them."""
