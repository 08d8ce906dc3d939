# "My data": what is stored, the file, advertising, withdrawal, erasure.

privacy-title =
    <b>My data</b>
    This is what { $clinic } keeps in this bot:
privacy-name = • Name: { $name }
privacy-phone = • Phone: { $phone }
privacy-birthday = • Birthday: { $day }
privacy-patient = • Patient: { $name }
privacy-patients-more = • and more patients: { $count }
privacy-points =
    • { $points ->
        [one] { $points } point
       *[other] { $points } points
    }, transactions: { $operations }
privacy-brought = • You came by a recommendation
privacy-card-named = • Card for friends: it says “{ $names }”, to everyone who has the link. To take the name off: /card
privacy-card-nameless = • Card for friends: without a name
privacy-telegram = • Telegram ID: { $telegram }
privacy-consent = • Consent to data processing: given on { $day }, edition { $version }
privacy-withdrawn =
    • Consent withdrawn on { $day }. Unless you give it again (/start), everything is deleted { $days ->
        [one] { $days } day
       *[other] { $days } days
    } later.
privacy-advertising =
    • Advertising and offers: { $choice ->
        [on] send them
       *[off] don’t send them
    }
privacy-care =
    • Questions after visits and reminders of check-ups: { $choice ->
        [on] send them
       *[off] don’t send them
    }
privacy-note = There are no diagnoses or medical records here. If something is wrong, tell the front desk: { $phone }
privacy-file = Download as a file
privacy-advertising-on = Switch ads on
privacy-advertising-off = Switch ads off
privacy-advertising-is-on = We will, no more than two a month.
privacy-advertising-is-off = No more of them.
privacy-care-on = Remind me again
privacy-care-off = Stop reminding
privacy-care-is-on = We will ask about visits and remind you of check-ups again.
privacy-care-is-off = No more questions after visits, no reminders of check-ups. Reminders of bookings and receipts come as before.
privacy-rename = Correct my name
privacy-birthday-add = Add my birthday
privacy-withdraw = Withdraw consent
privacy-erase = Delete my data

withdraw =
    <b>Withdraw your consent?</b>

    The bot will keep silent: no reminders, no offers. Your data and points wait for { $days ->
        [one] { $days } day
       *[other] { $days } days
    }. If you don’t come back by then, they are deleted.

    Coming back is simple: one button in this chat.
withdraw-surely = Yes, withdraw
withdraw-no = No, keep it
withdraw-edited = ✓ Consent withdrawn.
withdraw-done = We won’t write any more. Thank you for having been with us! If you change your mind, press “Start again” above: your data wait for { $days ->
        [one] { $days } day
       *[other] { $days } days
    }.

erase =
    <b>Delete your data?</b>

    Your name, phone, birthday and the link to your Telegram disappear at once and can’t be brought back. { $points ->
        [0] There are no points to lose.
        [one] { $points } point goes with them.
       *[other] { $points } points go with them.
    } The welcome gift doesn’t come twice.

    What stays are amounts of operations without a name, which bookkeeping needs, and an irreversible mark that the gift was given: it tells neither you nor your number. The clinic keeps medical records separately, as the law requires.
erase-surely = Yes, delete
erase-no = No, keep them
erase-edited = ✓ Data deleted.
erase-done = Everything is deleted, and the bot won’t write any more. Thank you for having been with us! To come back, press “Start again” above.

export-caption = All that this bot keeps about you. You can open it in any browser.
export-file = my-data
export-title = My data — { $clinic }
export-operator = Operator: { $legal }
export-about = About you
export-name = Name
export-phone = Phone
export-telegram = Telegram ID
export-language = Language
export-points = Points
export-birthday = Birthday
export-patients = Patients
export-relation = Who
export-relation-is =
    { $relation ->
        [self] you
       *[family] family
    }
export-source = Where the record comes from
export-source-is =
    { $source ->
        [bot] this bot
        [desk] the front desk
       *[other] { $source }
    }
export-brought = Came by a recommendation
export-brought-is =
    { $brought ->
        [yes] yes
       *[no] no
    }
export-consents = Consents
export-consent = Consent
export-consent-is =
    { $kind ->
        [data] data processing
        [advertising] advertising
        [spending] spending points
        [care] questions after visits and reminders
       *[other] { $kind }
    }
export-paper = data processing, on paper: { $name }
export-decision = Decision
export-decision-is =
    { $decision ->
        [given] given
        [refused] not given
        [withdrawn] withdrawn
       *[other] { $decision }
    }
export-version = Edition
export-when = When
export-arrivals = Links that opened the bot
export-link = Link
export-links = Your links: the card for friends, the invitation
export-link-of = What it is
export-link-kind =
    { $kind ->
        [card] card for friends
       *[invitation] invitation from the clinic
    }
export-told = Name that everyone who has the link sees
export-told-nothing = not shown
export-made = Made
export-appointments = Appointments
export-branch = Branch
export-doctor = Doctor
export-state = How it stands
export-state-is =
    { $state ->
        [booked] booked
        [confirmed] confirmed
        [to_move] to be moved
        [cancelled] cancelled
        [came] came
       *[missed] missed
    }
export-visits = Visits
export-bill = Bill
export-paid = Paid in money
export-what = Category and doctor
export-day = { $day }
export-opinions = Ratings and what was said about visits
export-whose = Visit or author
export-said = Said
export-feels = how they feel: { $feels ->
        [fine] all well
        [question] a question
       *[pain] it hurts
    }
export-stars = { $stars } of 5
export-media = a message in the chat
export-author = Author
export-talks = What you and the clinic wrote
export-tasks = Calls and answers that the clinic was asked for
export-task = Reason
export-never = not to be disturbed
export-operations = What happened to points
export-operation = Operation
export-operation-is =
    { $kind ->
        [welcome] Welcome gift
        [join] Accounts joined
        [erasure] Data deleted
        [visit] Visit
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
       *[other] { $kind }
    }
export-change = Points
export-nothing = Nothing recorded.
export-absent = not given
export-moment = { $at }
