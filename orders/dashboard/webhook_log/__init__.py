"""Printora's own log of the webhooks that it sent, and requests to send some again."""
