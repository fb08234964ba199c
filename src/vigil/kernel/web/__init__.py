"""The process's outer door: one HTTP server, a small router, live routes on the loop, pages in two threads.

Owns limits that hold for every request: one host, one length, a body that ends, a client that keeps up.
"""
