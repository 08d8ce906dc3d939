# Tasks in the staff chat: whom to call or answer, what to say and how it ended.

task-branch = <b>{ $branch }</b>
task-whom = { $sign ->
        [talk] 💬
       *[call] 📞
    } <b>{ $name }</b> { $phone }
task-speaker = Will answer: { $name }
task-why = { $kind ->
        [book] <b>Wishes to book</b>
        [move] <b>Asks to move the visit</b>
        [cancel] <b>Cancels the visit</b>
        [silent] <b>Visit not confirmed</b>
        [missed] <b>The visit did not take place</b>
        [unreached] <b>A message did not arrive</b>
       *[words] <b>Writes to the clinic</b>
    }
task-why-about = { $kind ->
        [book] <b>Wishes to book</b>
        [move] <b>Asks to move the visit</b>
        [cancel] <b>Cancels the visit</b>
        [silent] <b>Visit not confirmed</b>
        [missed] <b>The visit did not take place</b>
        [unreached] <b>A message did not arrive</b>
       *[words] <b>Writes to the clinic</b>
    }: { $about }
task-moment = { $day } at { $at }
task-wish = { $wish ->
        [daytime] on a weekday
        [evening] on a weekday evening
       *[weekend] at the weekend
    }
task-last = Last visit { $day }
task-standing = { $visit } · { $points }
task-no-visits = No visits so far · { $points }
task-points = { $points ->
        [0] no points
        [one] { $shown } point
       *[other] { $shown } points
    }
task-strange = The number has lately come with this account: write nothing of visits or points until you have seen the person at the desk.
task-never-said = 🚫 Asked not to be disturbed ({ $name }, { $day }). Do not call on your own: answer only what was asked.
task-no-phone = No phone.
task-wrong-number = ⚠ Somebody else answers this number.
task-one-call = One call for all of them: they share a number or an account.
task-tries = No answer: { $tries } of { $most }.
task-returns = ⏰ Comes again on { $day } at { $at }.
task-hello = Good day! This is { $clinic }.
task-hello-named = { $name }, good day! This is { $clinic }.
task-hello-for = We are calling about { $name }.
task-ask = { $kind ->
        [book] You wished to book: when would suit you?
        [move] You asked to move the visit: which time would suit you?
        [cancel] You cancelled the visit, never mind. Shall we find another time?
        [silent] Your visit is soon. Does it stand, or shall we move it?
        [missed] The visit did not take place. Is all well? Let us find a new time.
       *[unreached] Our message did not reach you. Is it a good moment to talk?
    }
task-ask-about = { $kind ->
        [book] You wished to book: when would suit you?
        [move] You asked to move the visit on { $moment }: which time would suit you?
        [cancel] You cancelled the visit on { $moment }, never mind. Shall we find another time?
        [silent] We expect you on { $moment }. Does it stand, or shall we move it?
        [missed] We expected you on { $moment }. Is all well? Let us find a new time.
       *[unreached] We remind you of the visit on { $moment }. Does it stand?
    }
task-say = Say: <i>“{ $words }”</i>
task-reply-here = Reply to this message: text, voice, a photo or a file goes to the patient in the clinic’s name.
task-act = { $act ->
        [phone] Number
        [book] Booked
        [comes] Will come
        [none] No answer
        [later] Call later
        [hour] In an hour
        [morning] Tomorrow morning
        [week] In a week
        [more] Another result
        [no] Not now
        [else] Treated elsewhere
        [wrong] Wrong number
        [never] Do not disturb
        [never-yes] Never disturb again
       *[done] Done
    }
task-back = ← To the task
task-when-later = { $name }: when to call? Press or write, for example: tomorrow 15:30
task-press-later = { $name }: when to call?
task-who = { $act ->
        [book] Who was booked?
        [comes] Who will come?
        [no] Who does not need it now?
        [else] Who is treated elsewhere?
       *[never] Who is not to be disturbed?
    }
task-never-surely = <b>{ $name }</b>: no more calls, health reminders or offers, for ever. This is also for somebody who has died. A manager can lift it on the patient’s card. Mark it?
task-done = { $result ->
        [booked] ✅ Booked
        [confirmed] ✅ Will come
        [no-answer] No answer three times
        [declined] ✅ Not now
        [elsewhere] Treated elsewhere
        [wrong-number] Wrong number
        [never] 🚫 Never disturb again
        [came] ✅ The visit took place
        [answered] ✅ The talk is over
       *[overtaken] No longer needed
    }
task-done-by = { $result ->
        [booked] ✅ Booked
        [confirmed] ✅ Will come
        [no-answer] No answer three times
        [declined] ✅ Not now
        [elsewhere] Treated elsewhere
        [wrong-number] Wrong number
        [never] 🚫 Never disturb again
        [came] ✅ The visit took place
        [answered] ✅ The talk is over
       *[overtaken] No longer needed
    } · { $name }
task-below = ↓ { $name }: the task is below again.
task-words-from = 💬 <b>{ $name }</b>
task-unheard = ⚠ Not delivered: { $name } no longer uses the bot. Please call.

tasks-none = No tasks: nobody to call or answer now.
tasks-count = <b>Tasks</b>: { $count ->
        [one] { $count } open
       *[other] { $count } open
    }
tasks-page = Page { $page } of { $pages }
tasks-turn = { $to ->
        [earlier] ← Earlier
       *[later] Further →
    }
tasks-line = { $kind ->
        [book] Book
        [move] Move
        [cancel] Cancelled
        [silent] Unconfirmed
        [missed] Missed
        [unreached] Not delivered
       *[words] Answer
    }: { $name }
tasks-back = ← All tasks
command-tasks = Tasks: whom to call and answer

card-never = 🚫 Do not disturb ({ $name }, { $day })
never-lift = May be disturbed again
never-lift-surely = { $person }: allow calls, reminders and offers again? Only if the patient asks for it.
never-lifted = { $person }: calls, reminders and offers are allowed again.

promise-answer = Passed on to the desk, we will answer { $when }.
promise-pain = If it hurts, better call: { $phone }
promise-emergency = With a strong swelling, bleeding or fever call the ambulance: 103.
promise-heard = Passed on.

refusal-other-task = This task belongs to another branch.
refusal-stale-task = The task has changed meanwhile: look again.
refusal-task-done = This task is closed already.
refusal-tried-just-now = Just called. The task comes again in the other half of the day: try then.
refusal-not-then = That time is over or too far ahead: write a day and an hour within two months, for example: tomorrow 15:30
