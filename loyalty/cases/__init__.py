"""Cases: a dissatisfied patient reaches the owner within a minute, and stays until solved."""
