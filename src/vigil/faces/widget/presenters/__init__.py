"""From rows to exactly what the frame shows."""
