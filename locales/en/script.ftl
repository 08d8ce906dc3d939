# The staff chat: what to say to a patient and how to work with the bot.

script-say = Say:
script-news = We have a digital way to look after our patients now: the bot will remind you of check-ups, and points can pay part of the treatment.
script-news-named = { $name }, we have a digital way to look after our patients now: the bot will remind you of check-ups, and points can pay part of the treatment.
script-gift-part =
    Scan the code, and I will give you { $points ->
        [one] { $points } point
       *[other] { $points } points
    } right away; up to { $usable } of them can be used today.
script-gift-whole =
    Scan the code, and I will give you { $points ->
        [one] { $points } point
       *[other] { $points } points
    } right away, to be used today if you like.
script-gift-share =
    Scan the code, and I will give you { $points ->
        [one] { $points } point
       *[other] { $points } points
    } right away; they can pay up to { $cap } of today’s bill.
script-scan = Scan the code, it takes a minute.
script-then = Then tell me the four digits of the “My code” screen, or your phone number.
script-has =
    You have { $points ->
        [one] { $points } point
       *[other] { $points } points
    }.
script-has-named =
    { $name }, you have { $points ->
        [one] { $points } point
       *[other] { $points } points
    }.
script-spend =
    Up to { $usable ->
        [one] { $usable } point
       *[other] { $usable } points
    } can be used today. Spend them or keep them?
script-spend-share = They can pay up to { $cap } of the bill. Spend them or keep them?
script-earn = Paying for treatment earns new ones.

staff-help =
    <b>A visit is one line</b>: who, sum, points, words.
    <code>4821 12400 max</code> — code, bill, spend as many as possible
    <code>+7 912 345-67-89 12400 0</code> — by phone, spend nothing
    <code>4821 12.4k 500 hyg Petrova 6m</code> — points, category, doctor, recall
    <code>4821 8000 hyg + 5000 imp</code> — two sums
    <code>4821 12400 yesterday</code> — a past day, <code>4821 0</code> — nothing to pay
    <code>4821 60000 advance</code> — no attendance, <code>4821 appointment 12.12 15:30 Petrova</code> — booked
    <code>0000 12400 max</code> — the training patient, to practise
    On the card “✅ Record” saves the visit, the other buttons complete it.
    A mistake? Under the record: sum, patient, return. To undo your own last one: /undo
    Find by name: <code>/patient Maria</code>. Whom to call and to answer: /tasks
    What to say: /script in reply to a card, with a code (<code>/script 4821</code>) or a phone
staff-help-no-access = Visits are recorded by those who were given access. An owner or a manager gives it: ask them to press “Give access” under your name in this chat.
