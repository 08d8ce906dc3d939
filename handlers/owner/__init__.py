"""Conversations with an owner, in private."""
