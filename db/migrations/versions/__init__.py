"""One file a step of the schema, up and down."""
