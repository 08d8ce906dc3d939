# Getting to know each other: consent, phone, family, name, birthday, offers.

greeting =
    Hello! This is { $clinic }.

    Your points live here: 1 point = 1 ₽, and they can pay up to { $cap } of a bill.{ $welcome ->
        [0] {""}
        [one] {" "}A welcome gift awaits: { $welcome } point.
       *[other] {" "}A welcome gift awaits: { $welcome } points.
    }

    To keep them and to remind you of visits we need your consent to process your data: name, phone, date of birth, dates and costs of visits, type of visit and doctor. No diagnoses here. Messages travel through Telegram, whose servers are abroad. You can withdraw consent in “My data”.

    Operator: { $legal }
greeting-again =
    Welcome back! This is { $clinic }, and your points are waiting for you.

    Consent to data processing was withdrawn, so the bot keeps silent. To see your points and get reminders again, we need your consent to process your data: name, phone, date of birth, dates and costs of visits, type of visit and doctor. No diagnoses here. Messages travel through Telegram, whose servers are abroad. You can withdraw consent in “My data”.

    Operator: { $legal }
greeting-press = To begin, press <b>“I agree”</b> below.
greeting-give = I agree
greeting-full = Full text
greeting-cancel = Cancel
greeting-back = ← Back

consent-given = ✓ Consent received. Thank you!
consent-cancelled = All right, nothing starts without your consent. If you would like to return, press the button: it takes a minute.
consent-stands = You have given consent already. You can withdraw it in “My data”.
consent-start-again = Start again

phone =
    Send us your number: the front desk will know you by it.

    Press the large button at the bottom of the screen and confirm. No typing needed.
phone-button = 📱 Send my number
phone-hint = Press the button below ↓
phone-press =
    Please use the button, so that we know the number is yours.

    Press <b>“📱 Send my number”</b> at the bottom of the screen. If you can’t see it, tap the icon with little squares to the right of the message field.
phone-not-yours =
    This number isn’t yours: only the one your Telegram is connected to will do.

    Press <b>“📱 Send my number”</b> at the bottom of the screen.

family =
    Several patients share this number. Whose visits and points shall we connect here?

    “All of us” is the whole family together, with shared points.
family-all = All of us
family-only-me = Just me
family-who = Which of them are you?
family-nobody = I’m not listed
family-unnamed = No name
family-chosen = ✓ Noted.

welcome-gift =
    <b>Done! You have { $points ->
        [one] { $points } point
       *[other] { $points } points
    }.</b>

    They can pay up to { $cap } of a bill today; what is left stays until { $day }. At the front desk, open “My code”.
welcome-gift-among =
    <b>Done! You have { $points ->
        [one] { $points } point
       *[other] { $points } points
    }.</b>

    { $gift } of them are our welcome gift, good until { $day }. Points can pay up to { $cap } of a bill today. At the front desk, open “My code”.
welcome-plain =
    <b>Done! { $points ->
        [0] Your number is connected.
        [one] You have { $points } point.
       *[other] You have { $points } points.
    }</b>

    Points can pay up to { $cap } of a bill. At the front desk, open “My code”.
welcome-known =
    <b>Done! { $points ->
        [0] Your number is connected.
        [one] You have { $points } point.
       *[other] You have { $points } points.
    }</b>

    The welcome gift comes once, and you have had it before. Points can pay up to { $cap } of a bill. At the front desk, open “My code”.
welcome-moved =
    <b>Done! Your account is here now: { $points ->
        [one] { $points } point
       *[other] { $points } points
    }.</b>

    This number used to be connected to another Telegram. So that nobody else can use your points, the front desk will switch paying with them back on. You keep earning as before.
welcome-repeated =
    This number is connected already. You have { $points ->
        [one] { $points } point
       *[other] { $points } points
    }.

name = What shall we call you?
name-long = Shall we call you { $name }?
name-right = Yes, { $name }
name-right-long = Yes
name-other = Another name
name-write = Type your name in one message, for example: Maria
name-back = ← Back

birthday =
    When is your birthday? { $gift ->
        [0] We will congratulate you.
        [one] We will have { $gift } point ready.
       *[other] We will have { $gift } points ready.
    }
birthday-thanks =
    Nice to meet you, { $name }!

    When is your birthday? { $gift ->
        [0] We will congratulate you.
        [one] We will have { $gift } point ready.
       *[other] We will have { $gift } points ready.
    }
birthday-known =
    Your birthday is { $day }. Is that right?

    If not, tell the front desk: only they can correct it.
birthday-profile = From profile: { $day }
birthday-enter = Type it
birthday-skip = Skip
birthday-write =
    Type the date, for example: 5 March 1980 or 05.03.1980 (day first). The year is optional.

    Later only the front desk can change it.
birthday-back = ← Back
birthday-confirm-year =
    <b>{ $day }. Is that right?</b>

    Later only the front desk can change it.
birthday-confirm-day =
    <b>{ $day }. Is that right?</b>

    Later only the front desk can change it.
birthday-right = That’s right
birthday-another = Type it again
# Words that people add to a date; separated by spaces.
birthday-year-words = st nd rd th of the

advertising =
    Shall we send you the clinic’s offers? No more than two a month, and one button stops them.

    By pressing “Yes” you agree to receive advertising from { $legal } in this chat. If not, your points, gift and reminders stay just the same.
advertising-yes = Yes, please
advertising-no = Not now

finished = Thank you, that’s all! Your code, points and the clinic’s contacts are on the buttons at the bottom of the screen.
