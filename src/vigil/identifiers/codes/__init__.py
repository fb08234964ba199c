"""The alphabets and checksums in which chains write addresses: pure arithmetic that knows no chain."""
