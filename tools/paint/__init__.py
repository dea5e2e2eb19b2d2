"""Paint the gallery's pictures with numpy.

`canvas`, `colour` and `noise` are the tools; each module in `painters` is one technique and touches
no file; `catalogue` lists the pictures; only `store` writes to disk.
"""
