# Cases: a dissatisfied patient, for owners and managers.

case-overdue = ⏰ <b>More than a day without a solution</b>
case-stars = <b>{ $stars }</b> · { $branch }
case-question = A question after the visit
case-patient = { $name }, { $phone }
case-wishes = { $call ->
        [call] <b>asks for a call</b>
        [write] asks to write
       *[neither] asks for no answer
    }
case-visit = Visit on { $day }
case-visit-at = { $at }
case-doctor = doctor { $name }
case-desk = at the desk { $name }
case-history = { $known }, { $visits ->
        [one] { $visits } visit
       *[other] { $visits } visits
    }.
case-known-years = With us for { $years ->
        [one] { $years } year
       *[other] { $years } years
    }
case-known-months = With us for { $months ->
        [one] { $months } month
       *[other] { $months } months
    }
case-known-lately = New with us
case-why = What went wrong: { $why ->
        [pain] <b>pain, how they feel</b>
        [waiting] <b>waiting</b>
        [price] <b>the bill</b>
        [manners] <b>manners</b>
        [result] <b>the result</b>
       *[other] <b>something else</b>
    }
case-rated = Rated: { $stars }
case-said-patient = “{ $text }”
case-said-clinic = ↳ { $name }: { $text }
case-media = (voice, a picture or a file: in a message of its own)
case-between = … { $count ->
        [one] { $count } more message
       *[other] { $count } more messages
    } …
case-offers-stopped = Offers to this patient are stopped until it is solved.
case-taken = At it: <b>{ $name }</b>. Offers to the patient are stopped until it is solved.
case-solved = ✅ Solved: { $name }.
case-note = How it ended: { $note }
case-note-before = Open again. Last time it ended so: “{ $note }”
case-act = { $act ->
        [take] I take it
        [pass] Pass on
        [answer] Answer in chat
        [solve] Solved
        [look] Open the case
       *[solved] Without a note
    }
case-pass-to = Pass on to whom?
case-nobody = There is nobody to pass it to: no other owners, and no other managers of this branch.
case-an-owner = Owner
case-nobody-heard = This message was sent to nobody. To answer a patient, open their case in /cases and press “Answer in chat”; where there is no case, call. A number in the settings is changed by the button “Change” under it.
case-for-whom = Sent to nobody: another case has come meanwhile. Press “Answer in chat” under the one you mean, and write it again.
case-write-answer = Write the answer as your next message (voice or a photo will do): { $name } gets it in the clinic's name.
case-write-note = { $name }: how did it end? Write it in one message: only owners and managers see the note.
case-without-note = Without a note
case-solved-now = ✅ The case is solved: { $name }. The note is kept.
case-answered = ✓ Sent: { $name }. You may go on: your next messages go to this patient too.
case-end-talk = End the talk
case-back = ← To the case
case-to-list = ← All cases
case-urgent = { $what ->
        [pain] <b>The patient is in pain</b>
       *[call] <b>Asks for a call</b>
    }: { $name }, { $phone }
case-waits-named = <b>{ $branch }</b>: { $name }, an important message waits for you, but the bot can't deliver it. Open the bot and press Start. Colleagues, please pass this on.
case-waits = <b>{ $branch }</b>: an important message waits for the owner, but the bot can't deliver it. Ask the owner to open the bot and press Start.

words-from = <b>{ $name }</b> · { $branch } · { $stars }

cases-title = <b>Cases</b>
cases-counts = New: { $new }, taken: { $taken }.
cases-overdue = ⏰ Longer than a day: { $overdue }.
cases-none = No open cases: nobody waits for an answer.
cases-more = And { $more } more: they appear here when these are solved.
cases-line = { $mark ->
        [overdue] ⏰
        [new] ●
        [taken] ○
       *[solved] ✓
    } { $what } { $name } · { $day }
cases-call = { $what } ☎
cases-stars = { $stars }★
cases-pain = Pain:
cases-pain-rated = { $stars }★ pain:
cases-question = Question:
cases-solved = Solved
cases-solved-title = <b>Solved cases</b>
cases-none-solved = No solved cases yet.
cases-presence = { $act ->
        [away] I am away
       *[back] I am back
    }
cases-away = Your deputy: <b>{ $name }</b>. New cases go there.
cases-deputy = <b>{ $name }</b> is away now, and you stand in: new cases will come here.
cases-choose-deputy = Who stands in for you? New cases go to them until you press “I am back”.
cases-no-deputy = There is nobody to stand in for you. Make somebody a manager: Staff → a person → Make manager.
command-cases = Cases: dissatisfied patients

refusal-not-your-case = This case isn't yours: the owners and the branch's manager see to it.
refusal-no-deputy = This person can't stand in for you now. Choose another one.
refusal-deaf-deputy = { $name } can't get cases: the bot can't write to them yet. Ask them to open the bot and press Start, then choose again.
refusal-nobody-listens = The patient doesn't use the bot any more. Give them a call.
refusal-case-taken = { $name } is at it already. If it should be otherwise, agree on it and press “Pass on”.
refusal-case-solved = This case is solved already.
refusal-note-too-long =
    { $longest ->
        [one] Too long: no more than { $longest } character. Make the note shorter.
       *[other] Too long: no more than { $longest } characters. Make the note shorter.
    }
