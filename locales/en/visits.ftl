# A visit as the patient sees it: the receipt, the list, objections.

visit-thanks = Thank you for coming!
visit-thanks-past = Thank you for coming on { $day }!
visit-advance = Thank you, your advance payment is received.
visit-corrected = We have corrected the record of your visit; the former one is cancelled.
visit-whose = Patient: { $name }
visit-paid = <b>{ $cash }</b> paid.
visit-paid-with-points = Bill { $bill }, { $points } in points, <b>{ $cash }</b> paid.
visit-unpaid = A visit without payment.
visit-earned =
    { $points ->
        [one] { $points } point earned; it stays
       *[other] { $points } points earned; they stay
    } until { $day }.
visit-regular =
    { $points ->
        [one] For coming back in time, { $points } more point
       *[other] For coming back in time, { $points } more points
    }, until { $day }.
visit-settled =
    { $points ->
        [one] { $points } more earned point has
       *[other] { $points } more earned points have
    } gone towards what was owed.
visit-settled-all =
    { $points ->
        [one] { $points } point earned; it has gone
       *[other] { $points } points earned; all of them have gone
    } towards what was owed.
visit-debt-closed = Nothing is owed any more.
visit-balance =
    You have <b>{ $points ->
        [one] { $points } point
       *[other] { $points } points
    }</b>.
visit-recall-day = Your next check-up is on { $day }.
visit-recall-month =
    Your next check-up is in { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[other] December
    }{ $year }.
visit-cash-slip = The clinic gives you the cash receipt.
visit-not-mine = Not my visit
visit-not-asked = I wasn’t asked

visits-title = <b>Visits</b>
visits-empty = Your visits will appear here. Nothing so far.
visits-booked = Ahead
visits-before = Before
visits-ends-soon = Some of your points end soon. If you are booked already, they will wait for the visit.
visits-day = <b>{ $day }</b>
visits-branch = { $branch }
visits-whose = { $name }
visits-paid = { $cash } paid
visits-advance = { $cash } in advance
visits-points = points: { $points }
visits-doctor = Doctor: { $name }
visits-returned = { $money } returned
visits-cancelled = <s>{ $day }</s> · the record was cancelled
command-visits = My visits

complaint-not-mine = <b>A patient says: “Not my visit”</b>
complaint-not-asked = <b>A patient says: “I wasn’t asked” about spending</b>
complaint-who = { $name } { $phone } · { $branch }
complaint-visit = Recorded { $at }, { $staff }. { $sums }
complaint-what-now = Nothing changes by itself: look into it and, if it is a mistake, correct it under the record.
complaint-open = Open the record
complaint-noted-not-mine = We have told the front desk and the head of the clinic: they will check the visit of { $day } and correct it if it is a mistake. Nothing changes for now.
complaint-noted-not-asked =
    We have told the front desk and the head of the clinic: they will check why { $points ->
        [one] { $points } point was
       *[other] { $points } points were
    } spent on { $day }. If it is a mistake, you get them back.
complaint-toast = Passed on
complaint-before = Passed on already, we are looking into it.
complaint-cancelled = This record has been cancelled already.

slip-strange =
    <b>Another number has opened an invitation</b>
    Given to { $name } { $phone }, visit of { $day }. Opened by { $other }.
    The points of the visit stay where they are. Check the number when the patient comes again.
