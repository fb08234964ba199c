"""The chat on other people's pages: a loader, a frame, and the doors of a customer."""
