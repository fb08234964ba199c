"""What templates say about languages: `{% load languages %}`."""
