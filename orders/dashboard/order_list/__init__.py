"""The dashboard's first page: the list of orders, its filters, metrics and CSV export."""
