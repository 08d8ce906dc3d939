"""The clock of the house: what is due, and the letters that leave."""
