"""Conversations in a connected staff chat."""
