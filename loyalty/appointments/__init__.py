"""Appointments: booked, moved, confirmed, and what comes of them."""
