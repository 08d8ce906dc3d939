# Refusals: what didn't work and what to do. The keys stand in loyalty/errors.py.

refusal-not-a-phone = We couldn’t read the number. Please send it by the button at the bottom of the screen.
refusal-not-a-name = Please type a name in letters, no longer than { $longest ->
        [one] { $longest } character
       *[other] { $longest } characters
    }. For example: Maria
refusal-not-a-birthday = We couldn’t read the date. Please type the day and the month, for example: 5 March 1980 or 05.03.1980 (day first)
refusal-birthday-locked = The date is noted already. The clinic’s front desk can correct it.
refusal-another-phone = Another number is connected here. If yours has changed, please tell the front desk.
refusal-out-of-turn = This button is out of date; let’s go on from here.

refusal-awaits-desk = This number has just moved to this Telegram. The history opens once the reception confirms you: say who you are at your next visit.
