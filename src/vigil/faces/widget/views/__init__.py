"""The widget's views: a resource a file."""
