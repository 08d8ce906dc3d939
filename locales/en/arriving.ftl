# A friend comes by a card: the promise, the gift, a link that gives nothing; a crowd by one card.

card-offer =
    <b>You were given a card: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    } for a new patient.</b> { $gift } of them come with the card.
card-offer-named =
    <b>{ $name } recommends us: { $points ->
        [one] { $shown } point
       *[other] { $shown } points
    } for a new patient.</b> { $gift } of them come with the card.
card-own = This is your own card. Send it to somebody who could use it.
card-for-new = The card’s gift is for new patients, and you are with us already.
card-dead = This card is no longer valid.

welcome-both =
    <b>Done! You have { $points ->
        [one] { $points } point
       *[other] { $points } points
    }.</b>

    { $gift } of them are our welcome gift, good until { $day }, and { $card } came with the card, good until { $until }. Points can pay up to { $cap } of a bill today. At the front desk, open “My code”.
welcome-both-till =
    <b>Done! You have { $points ->
        [one] { $points } point
       *[other] { $points } points
    }.</b>

    { $gift } of them are our welcome gift and { $card } came with the card, good until { $day }. Points can pay up to { $cap } of a bill today. At the front desk, open “My code”.
welcome-card =
    <b>Done! You have { $points ->
        [one] { $points } point
       *[other] { $points } points
    }.</b>

    { $card } of them came with the card, good until { $until }. Points can pay up to { $cap } of a bill today. At the front desk, open “My code”.
letter-friend-gift = Gift by a card: <b>{ $points ->
        [one] { $shown } point
       *[other] { $shown } points
    }</b>.

request-friends =
    <b>Many newcomers by one card</b> · { $branch }
    { $whose }
    On { $day } more than { $unasked } came by it. { $state ->
        [waiting] The gift and the reward for the others wait for you, { $friends } by now.
       *[decided] The others: { $friends }.
    } The answer is for all who came and will come by it that day.
