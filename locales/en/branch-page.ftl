# The page of a branch: what patients read, and how an owner or a manager changes it.

hours-every-day = Open { $opens }–{ $closes }, every day
hours-with-days-off =
    Open { $opens }–{ $closes }, { $count ->
        [one] day off: { $days }
       *[other] days off: { $days }
    }

review-at =
    { $site ->
        [yandex] Review on Yandex Maps
        [two-gis] Review on 2GIS
        [google] Review on Google Maps
        [prodoctorov] Review on ProDoctorov
        [zoon] Review on Zoon
       *[napopravku] Review on NaPopravku
    }
review-elsewhere = Review on { $host }
review-site =
    { $site ->
        [yandex] Yandex Maps
        [two-gis] 2GIS
        [google] Google Maps
        [prodoctorov] ProDoctorov
        [zoon] Zoon
       *[napopravku] NaPopravku
    }

settings-branches = Branches: address, reviews
page-open = Address, hours, reviews
pages = Which branch’s page?
pages-none = There are no branches yet. Connect a staff chat: the command /connect in a group, or the button “Connect the staff chat” of the owner’s menu.
page =
    <b>{ $name }</b>: patients see this on the page “Clinic”

    Address: { $address }
    Way there: { $directions }
    Phone: { $phone }
    Hours: { $opens }–{ $closes }
    Days off: { $days }
    Reviews: { $reviews }
page-closed = The staff chat is disconnected: patients don’t see this branch.
page-no-address = not given
page-no-directions = no link to a map
page-map = there is a link
page-no-reviews = no links
page-address = Address
page-directions = Way there
page-reviews = Reviews
page-remove = Remove
page-to-pages = ← Branches
page-write-address = Type the address as patients will read it, for example: 12 Lenin Street, Kazan
page-write-directions = Send a link to the branch on a map: open its card → “Share” → “Copy link”.
page-write-reviews =
    <b>Reviews: { $name }</b>

    { $count ->
        [0] There are no links yet.
        [one] Press the link to check where it leads.
       *[other] Press the links to check where they lead.
    }

    To add some, send links in one message, each on a line of its own. Up to { $most } in all: Yandex Maps, 2GIS, Google Maps, ProDoctorov or any other site.

    Every patient sees the links. No points for reviews: the sites punish that.

refusal-not-a-link = “{ $typed }” doesn’t look like a link. Send links only, as a browser shows them: https://example.ru/reviews or example.ru/reviews, each up to { $longest ->
        [one] { $longest } character
       *[other] { $longest } characters
    }. Nothing of this message was saved, the links of before are in place.
refusal-too-many-links = There can be up to { $most } links, saved now: { $there }. Remove some and send the message again.
refusal-not-an-address = Please type the address in words, up to { $longest ->
        [one] { $longest } character
       *[other] { $longest } characters
    }, for example: 12 Lenin Street, Kazan
refusal-branch-closed = This branch is not open any more. Open “Clinic” again.
