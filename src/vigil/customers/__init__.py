"""Who asks: customers, their addresses on each channel, and the sessions of guests. Holds no conversation."""
