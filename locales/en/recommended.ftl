# Who recommended us: asked at the desk before the first visit.

recommended-button = Who recommended us?
recommended-who =
    <b>Who recommended the clinic?</b>
    { $whose }
    Write their code, phone or name in your next message.
recommended-which =
    <b>Which of them recommended us?</b>
    { $whose }
recommended-sure =
    <b>Note the recommendation?</b>
    Patient: { $whose }
    Recommended by: { $referrer }
    It is noted once and can’t be changed later.
recommended-yes = Note it
recommended-done =
    👌 <b>Recommendation noted</b>
    Patient: { $whose }
    Recommended by: { $referrer }

refusal-not-first-visit = A recommendation is noted once, before the first paid visit. For this patient it is too late, or there is one.
refusal-no-recommendation = That can’t be: it is the same person, the same family, or somebody who erased their data.
refusal-staff-recommends = Staff get no rewards for friends, so the owner decided. There is nothing to note.
