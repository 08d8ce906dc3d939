# Recommendations: what came on the 1st, what the patient sees.

letter-reward = For your recommendations by { $first }: <b>{ $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }</b>{ $ends ->
        [none] .
       *[day] , good until { $day }.
    }
letter-reward-settled = { $points ->
        [one] { $shown } point has
       *[other] { $shown } points have
    } covered an earlier debt.
letter-reward-thanks = Thank you for recommending us!

friends-button = My recommendations
friends =
    <b>My recommendations</b>
    As of { $first }

    { $friends ->
        [0] Nobody has come by your recommendation yet.
        [one] { $friends } person has come by your recommendation.
       *[other] { $friends } people have come by your recommendation.
    }
friends-came = Credited: <b>{ $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }</b>{ $ends ->
        [none] .
       *[day] , good until { $day }.
    }
friends-nothing = No points this time.
friends-how = Points for recommendations come on the 1st as one sum, in steps of { $step }; the rest is carried over. While only one friend is a patient they come later. Who was treated, when and for how much is shown to nobody: it is private.
