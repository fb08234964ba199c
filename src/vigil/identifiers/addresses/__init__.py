"""Addresses of chains: how each family of them is written, and whether its checksum holds."""
