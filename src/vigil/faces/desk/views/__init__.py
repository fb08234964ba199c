"""The desk's pages and fragments, a resource a file. A view reads the request, asks, and shows; it judges nothing."""
