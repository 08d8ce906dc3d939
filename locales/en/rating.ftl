# The rating of a visit: question, stars, what went wrong, the patient's words.

rating-question = How was your visit?
rating-question-named = { $name }, how was your visit?
rating-scale = The head of the clinic will see it. 1 is bad, 5 is excellent.
rating-worst = ★ bad
rating-best = ★★★★★ excellent
rating-shown = { $row } { $stars } of 5
rating-stands = This visit is rated already: { $stars } of 5. Thank you!

rating-low = Thank you for being frank. We are sorry the visit upset you. What went wrong?
rating-why = { $why ->
        [pain] Pain, how I feel
        [waiting] Waiting
        [price] The bill
        [manners] Manners
        [result] The result
       *[other] Something else
    }
rating-own-words = You may add your own words, a voice message or a photo: the head of the clinic reads it in person and answers within a day. Shall we call you?
rating-pain = If it hurts now, call { $phone }. With bad swelling, bleeding or fever call 103.
rating-call = { $call ->
        [call] Please call me
        [write] Better write
       *[neither] No need
    }
rating-next = { $call ->
        [call] Passed on: you will get a call within a day. You can add words right here.
        [write] Passed on: you will get an answer here within a day. You can add words right now.
       *[neither] Passed on. If you want to add something, write it right here.
    }
rating-thanks-four = Thank you! What would have made it five? Write it in one message, the head of the clinic will read it.
rating-thanks-five = Thank you, we are delighted! A few words more? Write them in one message, the head of the clinic will read them.
rating-reviews = If you like, tell others about the visit too:
rating-heard = Thank you, passed on.
rating-heard-unrated = Passed on to the head of the clinic.
rating-heard-case = Passed on. You will have an answer within a day.
rating-write-now = Write, record or send a photo: we will pass it on.

case-answer-from = <b>{ $clinic }</b> answers:
case-reply = Reply
case-solved-patient = Thank you for telling us about the visit and letting us put it right. { $clinic } is always here for you. If you like, tell others how it ended:
words = { $text }

refusal-visit-cancelled = This visit's record was cancelled: there is nothing to rate.
refusal-words-too-long =
    { $longest ->
        [one] Too long: no more than { $longest } character in one message. Split it in two.
       *[other] Too long: no more than { $longest } characters in one message. Split it in two.
    }
refusal-case-closed = This case is solved already. If something is left, write it right here: we will pass it on.
