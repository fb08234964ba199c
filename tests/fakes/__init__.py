"""Other people's servers, as far as our tests need them: real sockets, every byte journaled, failures on order."""
