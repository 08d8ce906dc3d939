# Advertising: what it means for the clinic, an owner's decision, and how every offer ends.

promo-open = Advertising
promo-title = <b>Advertising</b>
promo-never = <b>It is off</b>: nobody is sent any offers.
promo-is =
    { $standing ->
        [on] <b>On</b>: { $at } · { $name }
       *[off] <b>Off</b>: { $at } · { $name }
    }
promo-what = Advertising is offers, birthday gifts, invitations to come back and mailings. Receipts, reminders of bookings, questions after visits and notes on when points end are none and always come.
promo-law =
    <b>What the advertising law wants</b> (Russia, 38-FZ)
    • Art. 18: only to those who agreed beforehand, and stopped on demand. The bot asks for this consent apart and keeps it; under every offer there is “No advertising”.
    • Art. 24: medical advertising warns of contraindications. The bot adds the warning.
    • Art. 18.1: advertising on the internet is marked. A lawyer will say whether your messages need a token (erid); an operator of advertising data issues it.
promo-telegram =
    <b>Telegram</b>
    Advertising is forbidden on resources to which access is restricted in Russia (art. 5, part 10.7). In March 2026 the antimonopoly service said that it sees this offence in advertising on Telegram. Both who is advertised and who sends it answer for it; a company is fined up to 1,000,000 ₽. Ask a lawyer what holds today before you switch it on.
promo-ending =
    <b>How every offer ends</b>
    { $ending }
promo-on = Switch on
promo-off = Switch off
promo-add-marker = Enter the erid
promo-change-marker = Change the erid
promo-drop-marker = Remove the erid
promo-surely =
    <b>Switch advertising on?</b>

    Offers go to those who agreed to them: no more than one a week and two a month, from 10:00 to 20:00, not on days off nor in the New Year holidays. The clinic answers for keeping the law.

    Your decision and its time are kept. You can switch it off at any moment.
promo-on-surely = Yes, switch it on
promo-not-yet = Not yet
promo-is-on = Advertising is on.
promo-is-off = Advertising is off. What has not left will not.
promo-send-marker = Send the token in one message, as the operator of advertising data issued it: Latin letters and digits.
promo-keep = ← Leave as it is

promo-legal = Advertisement. { $legal }. There are contraindications; consult a specialist.
promo-marker = erid: { $marker }

refusal-promo-moved = While you were reading, another owner changed this decision. Open “Advertising” in the settings again.
refusal-not-a-marker =
    { $longest ->
        [one] This is no token: it has only Latin letters, digits, hyphens and underscores, no more than { $longest } of them. Send it again.
       *[other] This is no token: it has only Latin letters, digits, hyphens and underscores, no more than { $longest } of them. Send it again.
    }
