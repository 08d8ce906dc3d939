# The card for a friend: the picture, its caption, what the sender knows, and its look for an owner.

menu-card = Card for a friend
command-card = Card for a friend

# On the picture.
recommend-gift = A gift for a new patient
recommend-who = { $name } recommends
recommend-points =
    { $points ->
        [one] point
       *[other] points
    }
recommend-worth = 1 point = 1 ₽, up to { $share } of the bill
recommend-worth-to-whom = for a new patient: 1 point = 1 ₽, up to { $share } of the bill
recommend-plainly = I recommend
recommend-come = Come by the link, you will be welcome
recommend-scan = Point your phone’s camera here
recommend-warning = There are contraindications; please consult a specialist.

# The caption that is sent on.
recommend-clinic = { $clinic }
recommend-clinic-at = { $clinic }, { $address }
recommend-offer =
    { $clinic }. { $points ->
        [0] I recommend it, the link is below.
        [one] By the link a new patient gets { $points } point: 1 point = 1 ₽, up to { $share } of the bill.
       *[other] By the link a new patient gets { $points } points: 1 point = 1 ₽, up to { $share } of the bill.
    }
    { $link }

# To the sender.
recommend-send-on = Send it on to whoever may need it.
recommend-reward =
    When they come for treatment, points will come to you: { $how ->
        [share] { $share } of what they pay.
        [fixed] { $shown } for their first payment.
       *[both] { $share } of what they pay and { $shown } more for the first payment.
    } Who and how much is not shown.
recommend-name = With a name your friend knows who it is from. The button under the picture adds “{ $name }” and takes it off.
recommend-show-name = Show my name
recommend-hide-name = Hide my name
recommend-send = Send to a friend
recommend-open-card = Open the card
recommend-open-bot = Open the bot first
recommend-copy = Copy the link
recommend-named = Your name is on the card now
recommend-nameless = The card has no name again
recommend-offered = Do you know someone who may need our clinic? The card with a gift for a friend is on the button.
recommend-withdrawn = The card works as long as you consent to the processing of your data. Give it again, and the card comes back.

refusal-card-waits = The card will be here once the desk has confirmed your new Telegram: give your name at the desk.

# For an owner: how the card looks.
card-style-open = Card: colour, logo
card-style =
    <b>The card</b> as patients send it to friends

    The colour changes at once, the logo stands beside the name. Posters and stands look the same. A name is seen only where the patient has switched it on.
card-style-somebody = Maria
card-colour =
    { $colour ->
        [teal] Teal
        [blue] Blue
        [violet] Violet
        [rose] Crimson
        [coral] Terracotta
        [amber] Amber
        [green] Green
       *[graphite] Graphite
    }
card-style-logo = Add a logo
card-style-other-logo = Change the logo
card-style-no-logo = Remove the logo
card-style-send-logo = Send the logo as a picture or a file (PNG, JPEG), best on white or without a background. Empty margins are cut away.
card-style-keep = ← Keep it as it is

refusal-not-a-picture = This picture can’t be read. Send the logo as a photo or a PNG, JPEG or WebP file of up to 10 MB.
refusal-picture-too-large = This picture is too large for a logo. 1000 pixels on the longer side are enough: make it smaller and send it again, or send it as a photo instead of a file.
