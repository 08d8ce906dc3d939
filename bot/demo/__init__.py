"""A clinic already at work: invented people and two years of visits, made by the use cases."""
