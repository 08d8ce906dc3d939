# Invitations for known patients who have not got the bot yet.

command-invite = Invite patients
invite-open = Invite patients
invite = <b>Invite patients</b>
invite-ready =
    Can be invited: { $ready ->
        [one] { $ready } patient
       *[other] { $ready } patients
    }. They signed the consent at the desk, left a number and are not in the bot yet. A family with one number needs one SMS.
invite-past = Got a link in a file so far: { $invited }. Of them in the bot by now: { $came }.
invite-about = The file has a name, a phone, a personal link and the text of an SMS of up to { $limit } characters. Send it by your SMS service: the bot itself can’t write to them. Everybody’s link stays the same, however often you take the file.
invite-file = Get the file
invite-file-name = invitations
invite-caption =
    { $count ->
        [one] { $count } patient.
       *[other] { $count } patients.
    } There are names and phones in it: keep the file where patients’ records are kept, and delete it once it is sent.

invite-sheet = Invitations
invite-name = Name
invite-phone = Phone
invite-link = Personal link
invite-sms = Text of the SMS
invite-length = Characters
invite-note = Note
invite-too-long = The link with any words is longer than { $limit } characters: it will go as two SMS.
invite-family = On the same number: { $names }.

# No longer than 70 characters with the link: the bot takes the first text that fits.
invite-sms-visits = { $clinic }: your points and visits { $link }
invite-sms-clinic = { $clinic }: your points { $link }
invite-sms-points = Your points: { $link }
invite-sms-short = Points: { $link }
invite-sms-shortest = Hi! { $link }
