"""Finds conversations by their words and by how they stand; keeps the index that this needs, and what an agent has searched for lately.

The index holds lexemes of what the timelines hold, a second behind them, and is never more than a reading of them: dropped, it
is made again. What a reader may not see is neither shown nor counted.
"""
