"""The load client, a process of its own: plays customers and agents as a plan says, and tells what it saw."""
