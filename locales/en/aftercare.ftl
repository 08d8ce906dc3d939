# After-care, the day after surgery: how the patient feels. What was done is not named.

aftercare-question = How do you feel after the visit?
aftercare-question-named = { $name }, how do you feel after the visit?
aftercare-who-reads = The head of the clinic will see your answer.
aftercare-answer = { $feels ->
        [fine] All is well
        [question] I have a question
       *[pain] It hurts
    }
aftercare-fine = Glad that all is well!
aftercare-if-not = If anything troubles you, call { $phone }.
aftercare-write = Write your question right here, record it or send a photo: we pass it on to the head of the clinic and answer within a day. If you would rather not wait, call { $phone }.
aftercare-pain = Better call at once: { $phone }. With bad swelling, bleeding or fever call 103.
aftercare-passed-on = The head of the clinic has been told. You may write more right here, record it or send a photo.
aftercare-stands = { $feels ->
        [question] The head of the clinic has your question already. If it is settled, write so right here.
       *[pain] The head of the clinic has been told that it hurts. If it is better now, write so right here.
    }

refusal-aftercare-cancelled = This visit's record was cancelled. If it hurts, call { $phone }. With bad swelling, bleeding or fever call 103.
refusal-tapped-twice = You tapped twice. Now rate the visit, from 1 to 5.
