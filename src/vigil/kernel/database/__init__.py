"""Django's PostgreSQL, with a check before use that costs no question. Refuses to be anything more."""
