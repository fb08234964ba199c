"""What breaks, broken on purpose: real processes killed under load, and a history that says whether anything was lost."""
