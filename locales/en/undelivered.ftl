# What didn't arrive: a digest for staff, a list for the owner.

letter-kind =
    { $kind ->
        [receipt] receipt of a visit
        [spend-request] question about spending points
        [complaint] “Not my visit”
        [complaint-noted] answer to “Not my visit”
        [spending-stopped] spending stopped
        [spending-back] spending open again
        [spending-released] spending open again
        [slip-strange] invitation with another number
        [visit-mistaken] correction of a visit
        [money-returned] refund
        [gift] gift
        [goodwill] returned points
        [friend-gift] gift by a card
        [merged] records merged
        [merge-undone] records divided
        [request] request to the manager
        [request-decided] answer to a request
        [access-question] question about access
        [made-manager] manager's rights
        [connect-offer] connecting a chat
        [rating] question about a visit
        [rating-again] question about a visit
        [rating-words] answer to a patient's words
        [aftercare] question about how they feel
        [case] alert about a visit
        [case-urgent] urgent alert about a visit
        [case-words] a patient's words
        [case-answer] the clinic's answer
        [case-edit] update of an alert
        [case-solved] outcome of a case
        [case-overdue] unsolved case
        [case-waits] request to press Start
        [deputy] deputy
        [reward] points for recommending
        [account-moved] number in another Telegram
        [account-confirmed] account confirmed
        [codes-locked] alert about wrong codes
        [books-differ] alert about the audit of points
        [letters-refused] alert about messages
        [chat-lost] alert about a staff chat
        [undelivered] digest of what didn't arrive
        [booked] appointment
        [moved] new time of an appointment
        [appointment-cancelled] appointment cancelled
        [appointment-card] card of an appointment
        [remind24] reminder of an appointment
        [remind2] reminder of an appointment
        [missed] letter after a missed appointment
        [task] task
        [task-words] a patient's words
        [task-answer] the clinic's answer
        [task-unheard] answer that didn't arrive
        [task-edit] update of a task
        [task-below] note to a task
       *[other] message
    }

alert-letters-refused =
    <b>Telegram didn't take a message of the bot's: { $what }.</b>

    The others go as usual. The bot won't repeat it: this looks like a fault of the program, pass it on to whoever looks after it. Who didn't get it: /settings → “What didn't arrive”.

alert-chat-lost =
    <b>The bot is no longer in the chat of { $branch }.</b>

    So the chat is disconnected, and tasks and patients' words come to you. Add the bot to the former chat or to a new one and choose this branch: its team and appointments are kept.

undelivered-title = <b>{ $branch }: not everything arrived</b>
undelivered-lost = Didn't arrive, please call:
undelivered-doubtful = May or may not have arrived: the line to Telegram broke. Call if it matters:
undelivered-calm = This didn't arrive either, or may not have; no need to call:
undelivered-line = • { $who }: { $what }
undelivered-somebody = A patient without a name
undelivered-more =
    { $more ->
        [one] And { $more } more message
       *[other] And { $more } more messages
    }: the owner has the list, /settings → “What didn't arrive”.

lost-open = What didn't arrive
lost-title = <b>What didn't arrive in 30 days</b>
lost-none = Everything arrived.
lost-count =
    { $why ->
        [unreached] The bot is blocked or the account is gone: { $count }
        [doubtful] May or may not have arrived: { $count }
       *[refused] Telegram didn't take it: { $count }
    }
lost-entry = { $at } · { $who }: { $what }
lost-staff-chat = Staff chat, { $branch }
lost-colleague = An owner or staff
lost-newer = ← Newer
lost-older = Older →
lost-letter =
    <b>{ $who }: { $what }</b>
    { $at }
lost-why =
    { $why ->
        [unreached] Didn't arrive: the bot is blocked, the account is gone, or Start was never pressed. If it matters, call. As soon as they write to the bot, messages reach them again.
        [doubtful] May or may not have arrived: the line to Telegram broke at this message. The bot doesn't send such a message again by itself, so that it doesn't come twice.
       *[refused] Telegram didn't take the message: this looks like a fault of the program. Pass it on to whoever looks after it.
    }
lost-again = Send it again
lost-back = ← To the list
lost-goes-again = It is being sent again

refusal-not-again = This message is on its way already, or there is nobody to send it to. The list: /settings → “What didn't arrive”.
