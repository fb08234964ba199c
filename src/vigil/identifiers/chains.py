"""The chains by their keys."""

# One address serves on all of these: the text around it must say which was meant.
EVM = (
    *("ethereum", "bsc", "polygon", "arbitrum", "optimism", "base", "avalanche"),
    *("linea", "zksync", "scroll", "mantle", "blast", "opbnb", "sonic", "cronos", "celo"),
)
