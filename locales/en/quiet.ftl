# How to turn down questions, reminders and advertising under the message itself, and undo it.

care-no-questions = Stop asking
care-no-reminders = Stop reminding
care-is-off =
    All right: we won’t ask how visits went or how you feel any more, nor remind you of check-ups.

    Reminders of bookings and receipts come as before.
care-is-on = We will ask after visits and remind you of check-ups again.
offers-none = No advertising
offers-are-off =
    All right: no more offers.

    Reminders of bookings, receipts and questions after visits come as before. Changed your mind? Press “Undo”: this is your consent to receive advertising from { $legal } in this chat again.
offers-are-on = Offers will come again, no more than two a month.
quiet-undo = Undo
