# Points: the balance, the history, the rules.

money = { $amount } ₽

balance =
    <b>{ $points ->
        [one] { $points } point
       *[other] { $points } points
    }</b>
    1 point = 1 ₽; points can pay up to { $cap } of a bill.

    Your level is “{ $tier ->
        [silver] Silver
        [gold] Gold
       *[standard] Standard
    }”: { $rate } of every payment comes back as points.
balance-next =
    { $bar }
    { $left } more to { $tier ->
        [standard] Standard
        [silver] Silver
        [gold] Gold
       *[other] the next level
    }, then it will be { $rate }.
balance-top = This is the highest level. Thank you for being with us!
balance-ends-all = They stay until { $day }.
balance-ends =
    { $points ->
        [one] { $points } point
       *[other] { $points } points
    } — until { $day }
balance-ends-title = How long they stay:
balance-ends-later = The others stay longer.
balance-empty = You have no points right now.{ $debt ->
        [0] { " " }They will come after your next payment.
       *[other] {""}
    }
debt = Owed: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }; the next ones earned will cover it.
balance-spending-off =
    Paying with points is off for now: the number was connected to a new Telegram. The front desk can switch it on. Your points are safe, and you keep earning.
balance-frozen = Spending is stopped, as you asked. The head of the clinic can switch it on. Your points are safe, and you keep earning.
balance-visits = Visits
balance-history = History
balance-help = How it works
balance-back = ← Points

history-title = <b>History</b>
history-line = { $day } · { $kind ->
        [welcome] Welcome gift
        [join] Accounts joined
        [erasure] Data deleted
        [visit] Visit
        [payment] Payment
        [reversal] Correction
        [return] Money returned
        [expiry] Ended unused
        [prolonged] Kept for your visit
        [merge] Records merged
        [merge_undone] Records separated
        [reward] Recommendations
        [good_will] Given back
        [friend] Gift by a card
        [gift] Gift from the clinic
       *[other] Operation
    } · { $points }
history-settled = { $shown } of it towards what was owed
history-owed = { $shown } owed
history-empty = Everything that comes and goes will appear here. Nothing so far.
history-newer = ← Newer
history-older = Older →

help =
    <b>How it works</b>

    For what you pay you get { $rates } back in points. 1 point = 1 ₽, and points can pay up to { $cap } of a bill. Points live for { $days ->
        [365] a year
        [one] { $days } day
       *[other] { $days } days
    }{ $months ->
        [0] {""}
        [one] , those for hygiene for { $months } month
       *[other] , those for hygiene for { $months } months
    }; we will tell you before they end. Points can’t be exchanged for money.
help-tier =
    • { $tier ->
        [silver] Silver
        [gold] Gold
       *[standard] Standard
    } — { $rate } once you have paid { $threshold }
help-tier-first =
    • { $tier ->
        [silver] Silver
        [gold] Gold
       *[standard] Standard
    } — { $rate } from the start
