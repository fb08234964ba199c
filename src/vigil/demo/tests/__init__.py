"""Tests of the demo world: its files, its identifiers, its building."""
