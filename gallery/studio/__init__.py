"""Keep creators and their merch at Printora: staff's side of what the shelf shows.

Every page shows our copy; every change goes to Printora first, and into our copy from its reply.
"""
