"""What the whole program promises, tested through its doors: journeys, guards, attacks, faults, and the cast who play them."""
