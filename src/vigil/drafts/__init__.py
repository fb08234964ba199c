"""What an agent has begun to write in a conversation and not sent yet, kept so that it goes on at any device."""
