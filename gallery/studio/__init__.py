"""Staff's pages for creators and their merch at Printora.

Every page shows our copy. Every change goes to Printora first, and from its response into our copy.
"""
