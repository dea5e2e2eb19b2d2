"""The pages of staff: orders, events, Printora's webhook log, print sessions, reconciliation."""
