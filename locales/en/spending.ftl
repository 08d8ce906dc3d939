# Spending with the patient’s consent, “This isn’t me”.

spend-request =
    { $clinic }: spend <b>{ $points ->
        [one] { $points } point
       *[other] { $points } points
    }</b> on today’s visit?
spend-request-past =
    { $clinic }: spend <b>{ $points ->
        [one] { $points } point
       *[other] { $points } points
    }</b> on the visit of { $day }?
spend-whose = Patient: { $name }
spend-left = <b>{ $cash }</b> will be left to pay.
spend-until = You can answer until { $until }.
spend-yes = Yes, spend
spend-no = No
spend-not-me = This isn’t me
spend-agreed =
    All right, { $points ->
        [one] { $points } point
       *[other] { $points } points
    } will be spent. <b>{ $cash }</b> to pay. The front desk sees your answer already.
spend-declined = All right, you keep your points. <b>{ $cash }</b> to pay.
spend-over = This request no longer stands: 10 minutes have passed, the sum has changed or the visit is recorded. To spend points, tell the front desk.

freeze-ask = Stop spending from your account? Your points stay, and you keep earning.
freeze-yes = Yes, stop it
freeze-no = No, all is well
freeze-done = Spending is stopped. The head of the clinic knows and will contact you by the end of the next working day.
freeze-undo-until = Pressed by mistake? You can undo it until { $until }.
freeze-undo = Undo
freeze-undone = All is as before: you can pay with points again.
freeze-open = Spending: this isn’t me
spending-released = { $clinic }: you can pay with points again.

spending-stopped = <b>“This isn’t me”: a patient has stopped spending</b>
spending-who = { $name }, { $phone }
spending-stopped-at = On a request to spend points: { $branch }, { $staff } at the desk, bill { $bill }.
spending-stopped-by-menu = Stopped from the menu, without a request from the desk.
spending-stopped-points =
    There { $points ->
        [one] is { $points } point
       *[other] are { $points } points
    } in the account; they stay, and it keeps earning.
spending-stopped-promise = The patient was told that you will be in touch by the end of the next working day.
spending-release = Let it spend again
spending-back = The patient pressed by mistake and has undone it: points can be spent again.
spending-unfrozen = Points can be spent again; the patient has been told.

refusal-freeze-stands = 10 minutes have passed. The head of the clinic can switch spending on; they know and will contact you.
refusal-confirm-first = The patient's phone came with a new Telegram. The desk confirms it first, then the stop can be lifted.
refusal-freeze-not-yours = Only the owner, or the manager of a branch where the patient goes, can do this.
