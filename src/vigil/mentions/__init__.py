"""Who is named in a note, and what of that they have not read yet."""
