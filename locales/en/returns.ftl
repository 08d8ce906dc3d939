# Money of a visit returned, whole or in parts: the staff chat.

return-what =
    <b>What to return?</b>
    { $whose } · { $day }
    In money, up to { $money }.
return-all = { $which ->
        [rest] All that is left
       *[all] The whole visit
    }
return-part-button = { $n }. { $what } · { $money }
return-plain-part = Part of the bill
return-other = Another sum
return-of-which = <b>A part of which sum?</b>
return-how-much =
    <b>How much of the bill to return?</b>
    { $whose } · { $day }
return-awaits-sum =
    What of it is paid out in money will be counted.

    ✎ I wait for the sum in your next message, for example 3000.
return-question =
    <b>{ $which ->
        [all] Return the whole visit?
        [rest] Return all that is left?
       *[part] Return a part of the visit?
    }</b>
    { $whose } · { $day }
return-slice = Of the bill: { $money }
return-moves = From the till: { $money }.
return-debt = The account lacks { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }: the next ones earned will cover it.
return-settles = Of the points back, a former debt takes { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }.
return-waits = A manager has to confirm such a return.
return-why = What is the reason?
return-reason = { $reason ->
        [redone] Work redone
        [complaint] Complaint
        [billing] Error in the bill
       *[own] In own words
    }
return-confirm =
    <b>Return { $money }?</b>
    { $whose } · visit of { $day }
return-gives = Back in the account: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }.
return-claws = Taken away, as earned with the visit: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }.
return-moves-no-points = The points stay as they are.
return-because =
    Reason:
    { $reason }
return-surely = Return
return-ask = Ask for the return
return-leave = Don't return
return-type-reason = Write the reason in your next message
return-done =
    ↩ <b>Returned: { $money }</b>
    { $whose } · { $reason }
    { $at }, { $name }
return-asked =
    ⏳ <b>The return of { $money } waits for a manager</b>
    { $whose } · { $reason }
    Please pay nothing out before the answer.

refusal-partly-returned = Part of this visit's money was returned by { $name }. The rest can follow by “Return money” under the record, then record the visit anew.
refusal-too-much-to-return = Not so much of this part of the bill is left: up to { $left } can be returned. Please write a smaller sum.
refusal-part-first = First choose the line of the bill by its button, then write the sum.
refusal-returned-meanwhile = Part of the money was returned meanwhile, by { $name }. Press “Return money” under the record again: the sums have changed.
refusal-return-waits = Another return of this visit waits for a manager, asked for by { $name }. Please wait for the answer.
