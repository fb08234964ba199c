"""Live delivery: an event stream down, plain posts up.

Owns tokens, frames, the hub, the bell, the reader of the timeline and the doors through which live posts come in.
Refuses to know what a conversation is: a `Source` reads, a `Door` understands, and both are handed over at start-up.
The only place in the house where functions are `async`.
"""
