"""What may come in, how much of it, under which name: judgement on plain values."""
