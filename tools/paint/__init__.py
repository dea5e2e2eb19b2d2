"""Paint the gallery's pictures: numpy in, prints out.

`canvas`, `colour` and `noise` are the paint box; each module in `painters` is one technique and
touches no file; `catalogue` says what hangs where; `store` alone writes to disk.
"""
