# Giving back points that have ended: the desk, the manager, the letter to the patient.

goodwill-button = Give back ended
goodwill-nothing = There is nothing to give back: none of the patient's points have ended lately. { $whose }
goodwill-question =
    <b>Give back points that have ended?</b>
    { $whose }
goodwill-ended = Ended: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }, last day { $day }.
goodwill-say = Say: “I understand, that is a pity: they ended on { $day }. I will give you back { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    } for { $days ->
        [one] { $days } day
       *[other] { $days } days
    }, just right for your next visit”.
goodwill-more = More only with a manager's confirmation.
goodwill-again = Points that ended have been given back within the last year.
goodwill-manager = So a manager has to confirm it.
goodwill-give = Give back { $shown }
goodwill-done =
    ↩ <b>Given back: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }</b>
    { $whose }
    { $at }, { $name }
goodwill-asked =
    ⏳ <b>Giving back waits for a manager: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }</b>
    { $whose }

request-good-will =
    <b>Give back what has ended: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }</b> · { $branch }
    { $whose }
    Asked by { $name }
request-given-back =
    Given back <b>{ $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }</b>
    { $whose }
request-asked-by = Asked by { $name }

letter-goodwill = The time of your points was over, and we have given you back <b>{ $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }</b>.

refusal-nothing-ended = So many can't be given back: they ended long ago or have been given back already.
