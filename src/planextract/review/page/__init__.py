"""The review page: the output and its pages in, decisions out; served on the loopback."""
