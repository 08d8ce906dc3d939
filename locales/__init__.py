"""The words: one folder a language, one Fluent file a conversation."""
