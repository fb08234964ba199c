"""What the project needs around itself: its tests' tools and their browser."""
