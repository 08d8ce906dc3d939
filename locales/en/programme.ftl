# The programme: the numbers an owner changes, what each means and why one is refused.

number-group-welcome = Welcome
number-group-tiers = Tiers
number-group-rates = Rates of categories
number-group-spending = Paying with points
number-group-caps = Caps of categories
number-group-excluded = Without points
number-group-validity = How long points last
number-group-friends = Recommendations
number-group-birthday = Birthday
number-group-regular = Regular visits
number-group-good-will = Good will
number-group-gifts = Gifts by hand
number-group-desk = At the desk
number-group-notices = Notices of an end
number-group-recalls = Recall
number-group-appointments = Appointments

number-welcome = Welcome points
number-welcome-about = What a new patient gets on registering. They can be used at once.
number-welcome-months = Welcome points last
number-welcome-months-about = For how many months.

number-rate-standard = Standard: rate
number-rate-standard-about = The share of what is paid that comes back as points on the first tier.
number-rate-silver = Silver: rate
number-rate-silver-about = The share of what is paid that comes back as points on the Silver tier.
number-rate-gold = Gold: rate
number-rate-gold-about = The share of what is paid that comes back as points on the Gold tier.
number-threshold-silver = Silver: from
number-threshold-silver-about = How much cash, over a lifetime, leads to Silver.
number-threshold-gold = Gold: from
number-threshold-gold-about = How much cash, over a lifetime, leads to Gold.
number-rate-category = Own rate
number-rate-category-about = This category earns so much on any tier. Without its own number the tier’s rate holds.

number-cap = Cap
number-cap-about = The share of a bill that points may pay.
number-cap-category = Own cap
number-cap-category-about = The share of this category’s line that points may pay. Without its own number the general cap holds.
number-max-giveaway = Giveaway limit
number-max-giveaway-about = A programme that gives away a larger share of the cash is not saved.
number-excluded-category = Without points
number-excluded-category-about = “Yes”: this category neither earns points nor takes them. “No”: as usual.

number-cashback-days = Points of a visit last
number-cashback-days-about = For how many days.
number-months-category = Own validity
number-months-category-about = How many months this category’s points last. The longest holds where a visit has several categories.

number-referral = Referral rate
number-referral-about = What whoever recommended the clinic gets from each payment of the friend.
number-friend-fixed = Friend’s first payment
number-friend-fixed-about = What comes on top of the rate, once a friend, when they first pay. If all the money of that visit goes back, the points go too and come with the next payment. “0”: the rate alone.
number-reward-days = Referral points last
number-reward-days-about = For how many days.
number-friend-gift = Friend’s gift
number-friend-gift-about = What a new patient gets by the link, on top of the welcome points.
number-friend-gift-months = Friend’s gift lasts
number-friend-gift-months-about = For how many months.
number-friends-a-day = Friends by one card
number-friends-a-day-about = How many new patients a day by one card get the gift at once. The others wait for a manager’s decision.
number-staff-referral = Rewards for staff
number-staff-referral-about = “Yes”: staff get points for friends as patients do. “No”: the friend gets the gift, the member of staff nothing.

number-birthday = Birthday gift
number-birthday-about = What every patient gets.
number-birthday-lead-days = Days before
number-birthday-lead-days-about = How many days before the birthday the gift comes.
number-birthday-days = Birthday gift lasts
number-birthday-days-about = For how many days.

number-regular = Regular visits
number-regular-about = What comes to a patient who is back for hygiene in time.
number-regular-within-months = In time means
number-regular-within-months-about = How many months may pass since the last hygiene.
number-regular-months = These points last
number-regular-months-about = For how many months.

number-good-will = Give back ended points
number-good-will-about = How many ended points the desk may give back, once a year. A manager may give more.
number-good-will-ended-days = Ended how long ago
number-good-will-ended-days-about = How many days may have passed since the end.
number-good-will-days = Given back, they last
number-good-will-days-about = For how many days.

number-gift-wallet = Gifts to one patient
number-gift-wallet-about = How many points the desk may give to one wallet. A manager confirms more.
number-gift-wallet-days = Within
number-gift-wallet-days-about = Over how many days the gifts to one wallet are counted.
number-gift-branch = Gifts of a branch a day
number-gift-branch-about = How many points a day a branch may give without a manager.

number-signature = Spending by signature
number-signature-about = How many points a patient without Telegram may spend by signing.
number-returned = Money back without a manager
number-returned-about = How much of one visit the desk may return. A manager confirms more.
number-returned-days = Time to return
number-returned-days-about = For how many days after the visit the desk may return money.
number-returned-lot-days = Points back last
number-returned-lot-days-about = Points that go back shortly before their end last so many days more.

number-notice-first-days = First notice
number-notice-first-days-about = How many days before the end.
number-notice-last-days = Last notice
number-notice-last-days-about = How many days before the end.
number-notice-points = From how many points
number-notice-points-about = Nobody is told about fewer.

number-recall-category = When to come again
number-recall-category-about = How soon to invite after this category where no date is chosen. Without a number nobody is invited.

number-appointment-minutes = Length of an appointment
number-appointment-minutes-about = How many minutes it takes where staff have not chosen otherwise.

refusal-number-unknown = This list has changed. Please open the settings again: /settings
refusal-number-percent = Please type a percentage from { $lowest } to { $highest }. For example: 7.5
refusal-number-points = Please type a whole number of points from { $lowest } to { $highest }. For example: 500
refusal-number-rubles = Please type a sum in roubles from { $lowest } to { $highest }. For example: 100 000
refusal-number-days = Please type a whole number of days from { $lowest } to { $highest }. For example: 30
refusal-number-minutes = Please type a whole number of minutes from { $lowest } to { $highest }. For example: 30
refusal-number-people = Please type a whole number of people from { $lowest } to { $highest }. For example: 5
refusal-number-months = Please type a whole number of months from { $lowest } to { $highest }. For example: 6
refusal-number-switch = Please type 1 to switch it on or 0 to switch it off.
refusal-giveaway = The clinic would give away up to { $given } % of the cash; the giveaway limit is { $limit } %. Lower the rate of a tier, a category or recommendations, or the cap.
refusal-tiers = Tiers go in order: each begins with a larger sum and earns no less. Please change the neighbouring tier first.
refusal-notices = The first notice comes before the last. Please change the other one first.
refusal-too-many-points =
    { $most ->
        [0] This visit takes no points.
        [one] This visit takes up to { $most } point.
       *[other] This visit takes up to { $most } points.
    }
refusal-return-whole = More points than money would be left of this visit. Please return the whole visit.
