"""Who works here: agents, their teams and the queues the teams look after. Holds no conversation."""
