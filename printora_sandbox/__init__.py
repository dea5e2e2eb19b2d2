"""A stand-in for Printora: its API, hosted editor, checkout and webhooks, on a port of its own.

Another company's server: it shares no code with the partner's application and speaks to it over
HTTP only. Nothing is charged and nothing is printed.
"""
