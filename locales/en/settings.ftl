# Settings of the programme: an owner sees and changes the numbers.

settings-open = Programme settings
settings =
    <b>Programme settings</b>

    By these numbers the clinic gives and takes points. A new number counts from the moment you save it; visits of past days are counted by the former ones.
settings-changes = History of changes
settings-back = ← All settings
settings-back-to = ← { $group }

settings-number = <b>{ $name }</b> — { $value }
settings-numbers = <b>{ $name }</b>
settings-of-category = • { $category } — { $value }
settings-now = Now: { $value }
settings-range-percent = It can be { $lowest } to { $highest }%.
settings-range-rubles = It can be { $lowest } to { $highest } ₽.
settings-range-points = It can be { $lowest } to { $highest } points.
settings-range-days = It can be { $lowest } to { $highest } days.
settings-range-months = It can be { $lowest } to { $highest } months.
settings-range-minutes = It can be { $lowest } to { $highest } minutes.
settings-range-people = From { $lowest } to { $highest } people.
settings-range-switch = It can be “yes” or “no”.
settings-type = Change
settings-general = Same as for all
settings-uninvited = Don’t invite
settings-switch-on = Yes, no points
settings-switch-off = No, as usual
settings-allow = Yes, allow
settings-forbid = No, forbid
settings-write = Send the new number as one message.
settings-cancel = ← Keep it

settings-confirm =
    Now: { $before }
    Will be: <b>{ $after }</b>
settings-example = For example, a visit of { $bill }:
settings-example-paid = For example, a visit of { $bill } by a patient who has paid { $paid } so far:
settings-example-points = • points can pay: { $points }
settings-example-earned = • points that come back: { $points }
settings-example-reward = • points for the one who recommended: { $points }
settings-from-now = It counts as soon as it is saved. Visits of past days are counted by the former numbers.
settings-save = Save
settings-saved = Saved

settings-value-points =
    { $points ->
        [one] { $points } point
       *[other] { $points } points
    }
settings-value-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
settings-value-months =
    { $months ->
        [one] { $months } month
       *[other] { $months } months
    }
settings-value-minutes =
    { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
settings-value-people =
    { $people ->
        [one] { $people } person
       *[other] { $people } people
    }
settings-value-yes = yes
settings-value-no = no
settings-value-general = same as for all
settings-value-uninvited = not invited

settings-changes-title = <b>History of changes</b>
settings-unchanged = Nothing has been changed yet.
settings-changed = { $at } · { $name }
settings-difference = { $number }: { $before } → { $after }
settings-you = you
settings-somebody = Owner { $number }

refusal-numbers-moved = The numbers changed while you were looking. This is how they stand: please check again.
refusal-same-number = It is so already, nothing to change.
