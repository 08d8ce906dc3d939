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
friends-how = Points for recommendations come on the 1st as one sum, in steps of { $step }; the rest is carried over. While only one friend is a patient they come later. Who was treated, when and for how much is not shown: it is private.
friends-share = Share the card again

referrals-button = Recommendations
referrals =
    <b>Recommendations</b>

    Came by recommendation: <b>{ $friends }</b>
    Of them have paid: <b>{ $paying }</b>
    Their visits have brought: <b>{ $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }</b>
referrals-posted = Of it credited: <b>{ $shown }</b>. The rest gathers and comes on the 1st, later while only one friend pays.
referrals-branch = Only those who were treated at your branch.
referrals-bonds-button = Who brought whom
referrals-best-button = The best
referrals-strange-button = Suspicious
referrals-back = ← Recommendations
referrals-before = ← Back
referrals-after = Next →
referrals-none = Nobody yet.
referrals-bonds = <b>Who brought whom</b>
referrals-bond =
    { $by } → { $whom }
    { $day } · { $paid ->
        [yes] { $points ->
            [one] { $shown } point
           *[other] { $shown } points
        }
       *[no] has not paid yet
    }
referrals-best = <b>Who brought most</b>
referrals-best-line =
    { $by }
    friends { $friends }, have paid { $paying } · { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }
referrals-strange =
    <b>Suspicious</b>
    It proves nothing, but is worth a look.
referrals-strange-line =
    { $by }
    { $why ->
        [crowd] { $friends ->
            [one] { $friends } new one
           *[other] { $friends } new ones
        } in one day, { $day }
        [unpaid] friends { $friends }, none has ever paid
       *[same] same phone or name: { $friends }
    }
referrals-clean = Nothing suspicious.
