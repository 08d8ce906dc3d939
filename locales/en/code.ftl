# “My code”: to show at the desk.

code =
    Your code: <b>{ $digits }</b>
    Say it or show the screen.
code-refreshes = It changes at { $at }.
code-lasts = Valid until { $at }.
code-points =
    You have { $points ->
        [one] { $points } point
       *[other] { $points } points
    }. Spend them or keep them, it is up to you: the front desk will ask.
code-points-later =
    You have { $points ->
        [one] { $points } point
       *[other] { $points } points
    }, all from today's visit. They can pay from { $day } on.
code-no-points = There are no points yet{ $debt ->
        [0] : they come after a payment
       *[other] {""}
    }.
code-frozen =
    You have { $points ->
        [one] { $points } point
       *[other] { $points } points
    }. Spending is stopped, you keep earning.
code-moved =
    You have { $points ->
        [one] { $points } point
       *[other] { $points } points
    }. You can pay with them once the front desk has confirmed your new Telegram: say who you are there.
code-renew = New code
code-kept = This code has only just appeared, it works.
code-ended = This code no longer works. Press the button for a new one.
code-again = New code
code-for-staff = This is a patient’s code: the front desk scans it.
command-code = My code for the front desk

refusal-no-codes-left = All codes are taken right now. Tell the front desk your phone number.
