"""Show staff the desk: orders, events, deliveries and print sessions, one page a file."""
