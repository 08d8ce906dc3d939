# The desk: the visit card, recording, search, scanning.

category = { $category ->
        [hygiene] Hygiene
        [therapy] Therapy
        [surgery] Surgery
        [implants] Implants
        [prosthetics] Prosthetics
        [orthodontics] Orthodontics
        [children] Children
        [diagnostics] Diagnostics
       *[other] Other
    }

card-person = <b>{ $name }</b> · { $phone } · { $rate }
card-nobody = <b>NO PATIENT</b> · no points are counted
card-training = <b>TRAINING PATIENT</b> · outside every report
card-corrects = ✎ Correcting the entry of { $bill }
card-day = Visit: { $day }
card-balance = { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    } on the account
card-ends-soon = { $points ->
        [one] { $shown } point ends
       *[other] { $shown } points end
    } after { $day }.
card-sum-missing = Write the bill in your next message.
card-bill = { $kind ->
        [advance] Advance { $sum }
       *[attendance] Bill { $sum }
    }
card-unpaid = Visit without payment
card-without-points = no points
card-spends = Spending { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    } (balance { $balance }, limit { $limit })
card-pays = <b>To pay { $sum }</b>
card-earns = earns { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }
card-regular = of these, for coming back in time: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }
card-settles = of these, towards what is owed: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }; { $left ->
        [0] nothing is owed then
        [one] then { $still } point is owed
       *[other] then { $still } points are owed
    }
card-doctor = Dr { $name }
card-recall = Next check-up: { $day }
card-new-doctor = { $name } is not in the list of doctors yet. Add?
card-whose-sum = ✎ Whose is line { $n }: { $sum }?
card-repeats = ❗ The same line was sent just now. Is this another visit?
card-unusual = ❗ A usual bill is about { $usual }, this one is { $sum }. Is it right?
card-asked = ⏳ Waiting for the patient: their phone asks “Yes, spend { $points }”. Open until { $until }.
card-can-ask = The patient has to agree to spending on their phone.
card-signature = The patient has no bot: a signature on paper is needed for spending { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }.
card-too-much = By signature at most { $limit } can be spent.
card-withdrawn = ❗ The patient has withdrawn the consent to data. The visit can be recorded with “No patient”.
card-spending-off = ❗ Spending from this account is stopped: the sum is without points. It still earns.
card-ask-aloud = Ask: “{ $name }, shall we spend { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    } or keep them?”
card-ask-aloud-unnamed = Ask: “Shall we spend { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    } or keep them?”
card-who-of-phone = Several people share { $phone }. Who is here?
card-who-else = We know one person under { $phone }. Who is here: they or somebody of the family?
card-who-new = { $phone } is new to us. Write the patient's name in your next message, or in reply to this one.
card-who-phone-end = { $digits } is not a code. Is it the end of a phone number?
card-paper = { $name }, { $phone }. Is the consent to data signed on paper?
card-dropped = The card is put away, nothing was recorded.
card-dropped-correction = The card is put away, nothing was corrected. The record of { $bill } stays as it was.
card-awaits = ✎ { $what ->
        [spo] Waiting for the number of points
        [sum] Waiting for the sum
        [name] Waiting for the patient's name
        [pero] Waiting for the code or phone
       *[doco] Waiting for the doctor's name
    } in your next message.
card-moved = The patient has a new Telegram. If it is them, press “New account”: spending will work again.
card-agreed = ✓ The patient has agreed.
card-earned-today = What was earned today can be spent from tomorrow.
card-today = ❗ Recorded today already: { $visits }.
card-button-new = A new person
card-button-another = Another, same phone
refusal-code-recorded = A visit is recorded by this code already: { $at }, { $name }, { $sum } ₽. A second visit needs a new code or the phone.
card-recorded = Recorded

card-button-record = ✅ Record
card-button-record-surely = ✅ Yes, record
card-button-record-unspent = ✅ Record, spend nothing
card-button-spend = Spend { $points }
card-button-spend-nothing = Spend nothing
card-button-other-points = Other number
card-button-signed = ✍ It is signed
card-button-ask = Ask the patient
card-button-second = Second doctor
card-button-not-them = Not this patient
card-button-category = Category
card-button-doctor = Doctor
card-button-recall = Check-up
card-button-more = More
card-button-drop = Put away
card-button-back = ← To the card
card-button-sum = Enter the bill
card-button-name = Enter the name
card-button-other-person = Other code, phone
card-button-nobody = No patient
card-button-paper = Yes, signed
card-button-no-paper = No
card-button-other-doctor = Other doctor
card-button-new-doctor = Add the doctor
card-button-new-doctor-of = Add to { $n }
card-button-day = Day of the visit
card-button-advance = It is an advance
card-button-attendance = It is a visit
card-button-part = { $chosen ->
        [yes] ● Sum { $n }
       *[no] Sum { $n }
    }
card-button-without-points = { $n ->
        [0] No points
       *[other] { $n }: no points
    }
card-button-with-points = { $n ->
        [0] With points
       *[other] { $n }: with points
    }
card-button-mend-sum = { $n ->
        [0] Correct the bill
       *[other] { $n }: sum
    }
card-button-remove = { $n }: remove
card-button-recall-days = { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
card-button-recall-months = { $months ->
        [one] { $months } month
        [12] A year
       *[other] { $months } months
    }
card-button-days-ago = { $days ->
        [0] Today
        [1] Yesterday
        [one] { $days } day ago
       *[other] { $days } days ago
    }

card-type-second = Write what the second doctor’s part costs: it is added to the bill
card-type = { $what ->
        [spo] Write the number of points in your next message, e.g. 500
        [sum] Write the sum in your next message, e.g. 12400
        [name] Write the patient's name in your next message
        [pero] Write the patient's code or phone in your next message
       *[doco] Write the doctor's name in your next message
    }

receipt-recorded = ✅ Recorded { $at }, { $name }
receipt-training =
    <b>TRAINING RECORD: not for the till</b>
    Recorded { $at }, { $name }
receipt-training-money = At a real visit: discount { $discount }, to pay { $cash }
receipt-person = { $name } { $phone }
receipt-till = <b>Till and records: discount { $discount }, to pay { $cash }</b>
receipt-till-plain = <b>Till and records: to pay { $cash }</b>
receipt-advance = <b>Till and records: advance { $cash }</b>
receipt-unpaid = <b>Records: visit without payment</b>
receipt-points = Points: { $before } → { $after } (spent { $spent }, earned { $earned })
receipt-settled = of these, towards what was owed: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }
receipt-was-recorded = Recorded { $at }, { $name }
receipt-struck = <s>{ $line }</s>
receipt-cancelled = ↩ <b>Cancelled { $at }, { $name }: { $kind ->
        [wrong_sum] the sum was corrected
        [wrong_patient] moved to another patient
       *[undone] the record was undone
    }</b>
receipt-now = <b>Now: to pay { $cash }</b>, the new record is below
receipt-returned = ↩ <b>Returned { $at }, { $name }: { $money } in money{ $points ->
        [0] {""}
        [one] { " " }and { $shown } point
       *[other] { " " }and { $shown } points
    }{ $clawed ->
        [0] {""}
        [one] , { $taken } point taken away
       *[other] , { $taken } points taken away
    }</b>
receipt-left = Of the visit the till keeps <b>{ $cash }</b>
receipt-part-returned = { $money } returned
receipt-button-sum = Correct the bill
receipt-button-patient = Not this patient
receipt-button-return = Return money
receipt-button-slip = Invitation with QR

line-which = This line can be read in several ways. Which one is right?
line-reading = <code>{ $line }</code>
line-how =
    Write the code and the bill: <code>4821 12400 max</code>
    Without the bot, the phone: <code>+7 912 345-67-89 12400</code>

found-which = Who is here?
found-more = More were found than fit here. Choose one of these, add the surname, or write the phone.
found-nobody = Nobody of this name; many gave no surname. Try the first name alone or the phone: <code>+7 912 345-67-89</code>
found-how = Write the name: <code>/patient Maria Brown</code>. By code or phone simply <code>4821</code>.

scan-staff-only = This is a patient's code for the desk. Opening it needs access to the clinic's staff chat.
scan-where = Which branch is the patient in?
scan-card-in-chat = The card is in the chat of { $branch }.

slip-caption =
    { $name }, your { $points ->
        [one] { $shown } point waits
       *[other] { $shown } points wait
    } in the clinic's bot. Point the camera at the code and press Start.

slip-caption-unnamed = Your { $points ->
        [one] { $shown } point waits
       *[other] { $shown } points wait
    } in the clinic's bot. Point the camera at the code and press Start.

refusal-nobody-to-invite = There is nobody to invite: the patient has the bot already, or the visit has no patient.
refusal-stale-card = The card has changed. Look again and press once more.
refusal-card-gone = This card was put away. Send the line again.
refusal-recorded-already = This visit is recorded already. Corrections are under the entry.
refusal-other-branch = This card belongs to another branch.
refusal-nobody-to-ask = The patient has no bot. Ask for a signature on paper.
refusal-own-pocket = This account is yours, your family's, or of somebody you recommended. Ask a colleague.
refusal-needs-signature = Spending needs a signature: ask the patient to sign and press “✍ It is signed”. Or press “Spend nothing”.
refusal-needs-consent = The patient has not agreed to spending yet. Wait, or press “Spend nothing”.
refusal-spending-off = Spending from this account is stopped. The card has the sum without points now: name it and press “Record”.
refusal-consent-withdrawn = The patient has withdrawn the consent to data. Record the visit with “No patient”.
refusal-patient-erased = This patient's data are erased, nothing more can be recorded for them. The visit can be recorded with “No patient”.
refusal-branch-disconnected = This branch has no chat now, so access cannot be checked. An owner can decide.
refusal-not-ready = It is not clear yet who is here, or for what sum.
refusal-no-such-code = There is no such code. Ask the patient to open “My code”, or type the phone.
refusal-code-ended = This code has changed already. Ask the patient to show “My code” again.
refusal-code-locked = Too many wrong codes: search by phone for 10 minutes.
refusal-spend-request-over = This request no longer stands. Ask at the desk.
refusal-not-staff = You have no access to recording visits. An owner grants it in the staff chat.
refusal-unsure = Access could not be checked. Press again in a minute.
refusal-not-a-sum = The sum could not be read. Write it as a number: 12400 or 12400.50
refusal-no-points-here = No points can be spent here. Write the sum alone, for example 12400
refusal-not-points = The number of points could not be read. Write, for example, 500 or “max”
refusal-not-a-person = Write the four-digit code or the whole phone: +7 912 345-67-89
