"""Optional: compare our events with Printora's own list of orders, and add what is missing.

A Django app of its own: put `printora_integration.reconciliation` into INSTALLED_APPS.
`run.reconcile()` is the way in.
"""
