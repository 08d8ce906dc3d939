# Corrections, gifts: the staff chat, a manager's decision, letters to the patient.

card-who-corrects = ✎ <b>Whose visit of { $bill } was it?</b> Write the code or the phone in your next message.

correction-person = { $name } { $phone }
correction-nobody = Nobody named
correction-training = Training patient
correction-which-sum = Press «More» on the card and the sum to be corrected
correction-leave = Leave it

undo-question =
    <b>Undo this record?</b>
    { $at } · { $whose } · { $bill }
undo-moved = The visit was moved here from another patient: undone, it stays with nobody.
undo-yes = Undo the record
undo-done = ↩ The record of { $recorded } was undone at { $at }, { $name }: { $whose }

gift-button = Give points
gift-how-many = <b>How many points to give?</b>
    { $whose }
gift-other = Another number
gift-type-points = Write the number of points in your next message, for example 300
gift-why = <b>A gift of { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }. What for?</b>
    { $whose }
gift-reason = { $reason ->
        [waiting] For waiting
        [sorry] For the trouble
        [thanks] In gratitude
       *[own] In own words
    }
gift-type-reason = Write what the gift is for in your next message
gift-done =
    🎁 <b>A gift of { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }</b>
    { $whose } · { $reason }
    { $at }, { $name }
gift-asked =
    ⏳ <b>The gift of { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    } waits for a manager</b>
    { $whose } · { $reason }

account-question =
    <b>Confirm the new account?</b>
    { $whose }
    Only if the person stands before you and has said who they are: phone numbers pass on to other people.
account-button = New account
account-yes = It is our patient
account-done = ✅ New account confirmed at { $at }, { $name }: { $whose }
account-nothing = Nothing to confirm: the account is confirmed already.

request-return =
    <b>Return of { $money }</b> · { $branch }
    { $whose } · visit of { $day }
    Reason: { $reason }
    Asked by { $name }
request-part = A part of the visit, for which { $cash } was paid
request-part-after = For the visit { $cash } was paid, { $before } was returned before
request-gift =
    <b>Gift of { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }</b> · { $branch }
    { $whose }
    What for: { $reason }
    Asked by { $name }
request-grant = Confirm
request-refuse = Refuse
request-decided = { $state ->
        [granted] ✅ Confirmed
        [undone] ↩ Separate again
       *[refused] ✖ Refused
    }
request-granted-by = ✅ <b>{ $who ->
        [owner] The owner has confirmed
       *[manager] The manager has confirmed
    }</b>
request-refused-by = ✖ <b>{ $who ->
        [owner] The owner has refused
       *[manager] The manager has refused
    }</b>
request-pay-nothing = Please pay nothing out.
request-pay-out =
    Pay out <b>{ $money }</b> in money
    { $whose } · visit of { $day }
request-points-back = Back in the account: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }
request-clawed = Taken away: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }
request-owed = Of these the account lacked { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }: they are owed, the next ones earned will cover them
request-settled = Of the points given back, { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    } went towards what was owed before
request-given =
    Given: <b>{ $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }</b>
    { $whose }
request-asked = { $reason } · asked by { $name }

letter-mistaken = The record of { $at } was made by mistake and is cancelled.
letter-mistaken-same = Your points are as before: { $points }.
letter-mistaken-sorry = Sorry for the trouble.
letter-returned = Returned for the visit of { $day }: { $money }.
letter-returned-points = Back in your account: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }.
letter-returned-clawed = Taken away, as earned with this visit: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }.
letter-returned-clawed-part = Taken away, as earned with this part: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }.
letter-gift = A gift for you: <b>{ $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }</b>.
letter-gift-ends = Good until { $day }.
letter-settled = { $points ->
        [one] { $shown } point of it has
       *[other] { $shown } points of it have
    } covered an earlier debt.
letter-balance = Your account holds { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }.
letter-account-confirmed = Done: the desk has confirmed your new Telegram. You can pay with points again, and your history is open.

refusal-reversed-already = This visit was corrected or returned before, by { $name }. Look under the record.
refusal-too-late-to-correct = A sum is corrected on the day of the record. Now it is «Return» under the record, then record the visit anew. Above the limit a manager confirms the return.
refusal-moves-whole = An old visit goes to another patient as it is: its sum, kind and day stay. Drop this card and start the correction anew.
refusal-not-to-training = A real visit can't become a training one. Give the patient's code or phone.
refusal-needs-return = This visit can't be left without a patient: press «Return» under the record, a manager confirms it.
refusal-too-late-to-undo = A record is undone on the same day only. Now it is «Return» under the record.
refusal-nothing-to-undo = There is nothing to undo: you have recorded nothing here today. Yesterday’s visit is returned by “Return” under its record.
refusal-not-your-recording = Whoever made a record may undo it. For everyone else there is «Return» under the record.
refusal-not-a-reason = Write the reason in words, up to { $longest ->
        [one] { $longest } character
       *[other] { $longest } characters
    }.
refusal-gift-size = A gift is from 1 to { $most ->
        [one] { $most } point
       *[other] { $most } points
    }.
refusal-not-yours-to-decide = An owner or a manager of this branch decides.
refusal-nobody-on-shift = First say in the branch's chat who is on shift: write any line there and choose the name.
refusal-own-request = You asked for it yourself: an owner or another manager decides.
refusal-decided-already = Decided already.
