"""A stand-in for Printora: its API, hosted editor, checkout and webhooks, on a port of its own.

It is another company's server: it shares no code with the partner's application, and the two
communicate over HTTP only. Nothing is charged and nothing is printed.

- ``api/``: Printora's partner API.
- ``hosted/``: the pages for visitors and creators: editor, storefront, checkout, payment.
- ``console/``: the operator's pages and API.
- ``webhooks/``: payloads, the delivery queue and the sender; ``worker`` runs them.
- ``merch/`` and ``orders/``: the rules behind all of them; ``models/`` stores the data.
"""
