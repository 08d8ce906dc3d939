"""All that a person sees: texts, buttons, and one pure function per message."""
