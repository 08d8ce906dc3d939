# Appointments: what a patient sees, what staff see.

appointment-when =
    { $near ->
        [today] today, { $date }, at { $hour }
        [tomorrow] tomorrow, { $date }, at { $hour }
       *[later] { $day }, at { $hour }
    }
appointment-booked = You are booked: <b>{ $when }</b>.
appointment-moved = Moved. We now expect you <b>{ $when }</b>.
appointment-cancelled = The appointment is cancelled: { $when }.
appointment-remind =
    { $named ->
        [yes] { $name }, we expect you <b>{ $when }</b>.
       *[no] We expect you <b>{ $when }</b>.
    }
appointment-remind-several =
    { $named ->
        [yes] { $name }, we expect you.
       *[no] We expect you.
    }
appointment-all-confirmed = Thank you, we expect you.
appointment-button-all-come = We will come
appointment-button-each = Change
appointment-will-you-come = Will you come?
appointment-plans-changed = If your plans have changed, please call { $phone }
appointment-missed =
    { $named ->
        [yes] { $name }, we expected you on { $day } and did not meet.
       *[no] We expected you on { $day } and did not meet.
    } We hope all is well. We will find another time whenever it suits you.
appointment-address = Address: { $address }
appointment-branch = Branch: { $branch }
appointment-confirmed = Thank you, we expect you <b>{ $when }</b>.
appointment-button-comes = I will come
appointment-button-move = Move
appointment-button-cancel = Cancel

appointment-to-move = All right, we will find another time. We will call you { $call }.
appointment-button-comes-after-all = I will come after all
appointment-cancel-sure = Cancel the visit: { $when }?
appointment-button-cancel-surely = Yes, cancel
appointment-button-comes-instead = No, I will come
appointment-gone = The visit is cancelled, thank you for telling us. We will call you { $call }: another day may suit you better.
appointment-now = The time of this visit has changed. You are booked now: <b>{ $when }</b>.
appointment-over = This appointment is closed.
appointment-ahead = <b>{ $when }</b>
appointment-awaits-move = We are looking for another time and will call you.
appointment-button-move-of = Move { $day }
appointment-button-cancel-of = Cancel { $day }

promise =
    { $near ->
        [by] today by { $hour }
        [today] today from { $hour }
        [tomorrow] tomorrow from { $hour }
       *[later] on { $day } from { $hour }
    }

booking-title =
    { $state ->
        [booked] 📅 <b>Appointment</b>
        [confirmed] 📅 <b>Appointment</b> · confirmed by the patient
        [to_move] 📅 <b>Appointment</b> · the patient asks for another time
        [cancelled] { $asked ->
            [yes] <s>Appointment</s> · cancelled by the patient
           *[no] <s>Appointment</s> · cancelled
        }
        [came] Appointment · the patient came
       *[missed] Appointment · missed
    }
booking-time = { $day }, { $hour }
booking-minutes = { $minutes } min
booking-booked = { $name }, { $at }
booking-not-in-app = The patient is not in the bot: remind them by phone.
booking-button-missed = Missed
booking-button-not-missed = Put it back

booking-button = Book a visit
booking-button-for = Book for { $month }
booking-when =
    <b>When?</b> { $person }
    Type the day and the time, perhaps with a doctor: 12.12 15:30 Petrova
booking-move-when =
    <b>Which time instead?</b> { $person }
    Now: { $now }
    Type the day and the time, perhaps with a doctor: 12.12 15:30 Petrova
booking-which = <b>Who is it for?</b> { $when }
booking-doctor-unknown =
    <b>This doctor is not in the list.</b>
    { $person } · { $when }
booking-doctor-name = { $name }
booking-button-add-doctor = Add the doctor
booking-button-no-doctor = Without a doctor
booking-doubtful =
    <b>Please check the time.</b>
    { $person } · { $when }
booking-day-off = • The branch is closed on that day.
booking-closed = • The branch works from { $opens } to { $closes }.
booking-far =
    • That is more than { $months ->
        [one] { $months } month
       *[other] { $months } months
    } away: check the year.
booking-busy = • The doctor is busy: { $person }, { $when }, { $minutes } min.
booking-theirs = • The patient has an appointment already: { $when }, { $minutes } min.
booking-button-drop = Don't book
booking-button-surely = Book all the same
booking-button-other-time = Another time
booking-cancel-sure =
    <b>Cancel the appointment?</b>
    { $person } · { $when }
    The patient will be told.
booking-button-cancel-surely = Yes, cancel
booking-button-keep = Keep it
booking-below = The appointment of { $person } was moved, its card is below.

wish-button = Make an appointment
wish-branch = <b>Which branch?</b>
wish-patient = <b>Who is it for?</b>
wish-when = <b>When does it suit you?</b>
wish-button-back = ← Visits
wish-button-daytime = Weekday daytime
wish-button-evening = Weekday evening
wish-button-weekend = Weekend
wish-doctor = <b>Which doctor?</b>
wish-any-doctor = Any
wish-heard = We have told the desk and will call you { $call }.
wish-nowhere = Please call us, we will find a time: { $phone }

elsewhere-button = I am booked already
elsewhere-waits =
    { $points ->
        [one] All right, { $points } point waits
       *[other] All right, { $points } points wait
    } for your visit until { $day }.
elsewhere-noted = All right, noted. We look forward to seeing you!

refusal-appointment-in-past = That time has passed. Please name another one, for example: 12.12 15:30
refusal-appointment-over-year = We book no further than a year ahead. Please name a nearer day, for example: 12.12 15:30
refusal-no-such-hour = Clocks go forward that night, so this time will not come. Please name another one, for example: 12.12 15:30
refusal-doubled-hour = Clocks go back that night, so this time will come twice. Please name another one, for example: 12.12 15:30
refusal-unknown-doctor = This doctor is no longer in the list. Please type the appointment again, with another doctor or without one.
refusal-not-a-length = An appointment takes 5 to 480 minutes. Please choose another length.
refusal-appointment-changed = The appointment has changed. Please look how it stands now.
refusal-appointment-over = This appointment is closed. Please make a new one if you need to.
refusal-appointment-not-yet = It has not begun yet. “Missed” can be pressed once it has.
refusal-appointment-phone-unknown = This number is not known yet. Send it here: we write down the name and the consent, then book.
refusal-appointment-training = The training patient needs no appointment. Send the code or the phone of a real one.
refusal-not-a-time = We could not read the time. Type the day and the hour, perhaps with a doctor: 12.12 15:30 Petrova
