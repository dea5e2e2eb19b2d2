"""Pages for developers: the guide with the code that runs, and a session made by hand."""
