# Two records of one patient: the desk, the manager, the way back.

merge-button = Same person as…
merge-who =
    <b>Who else is this patient?</b>
    { $whose }
    Write the code, phone or name of the other record in your next message.
merge-which =
    <b>Which record is the same person?</b>
    { $whose }
merge-preview = <b>Merge the two records?</b>
merge-no-visits = no visits
merge-visits = visits { $visits }, since { $since }
merge-points = { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }
merge-debt = owes { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }
merge-in-bot = in the bot
merge-after = Once merged, the account holds { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }.
merge-lapses = The welcome was given twice, the second one ends: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }.
merge-lapses-by-card = The card’s gift was given twice, the second one ends: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }.
merge-family = The account stays the family's: all of them see and spend these points.
merge-stopped = Spending from the account is stopped and stays so.
merge-only-if = Only if it is surely one person: visits and points of both records become theirs.
merge-confirmed-by = A manager or an owner confirms it.
merge-surely = Merge
merge-asked = ⏳ <b>The merge waits to be confirmed</b>
merge-done = It is one patient now:
merge-stay-two = The records are not merged and stay two:
merge-undone-by = ↩ <b>{ $who ->
        [owner] The owner has separated the records
       *[manager] A manager has separated the records
    }</b>
merge-undo = Separate again
merge-undo-yes = Separate
merge-undo-question = <b>Separate the records again?</b>
merge-undo-means = The second one gets its visits back, and its Telegram if there was one. Visits since the merge stay with the first.
merge-undo-back = Back to the second: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }.
merge-undo-spent = Of the second one's points { $shown } paid for the first; they come from the first one's account.
merge-undo-debt = The first then owes { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }; the next ones earned will cover it.

request-merge =
    <b>Merge two records of one patient</b> · { $branch }
    Asked by { $name }

letter-about = { $name }:
letter-merged = Two records at the clinic have become one: visits and points are together now.
letter-merged-welcome = Welcome points are given once, so the second gift has ended: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }.
letter-merged-by-card = A card’s gift is given once, so the second one has ended: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }.
letter-merge-undone = The records are separate again: they were merged by mistake. We are sorry for the trouble.

refusal-patient-merged = This record has become part of another one. Find the patient anew: by code, phone or name.
refusal-nobody-found = Nobody was found. Write the phone, the code or the first name alone: many gave no surname.
refusal-same-record = It is the same record. Write the code, phone or name of the other one.
refusal-two-families = Each record has a family account of its own, and points of two families can't be mixed. These records stay apart.
refusal-merged-further = The patient has been merged once more since. Separate that merge first.
refusal-erased-since = The patient has erased their data, there is nothing left to separate.
refusal-accounts-changed = The patient's Telegram or account has changed since, and nobody can tell whose of the two it is. They can't be separated.
refusal-corrected-since = A visit of before the merge has been corrected or returned since, and its points are in the shared account already. They can't be separated.
