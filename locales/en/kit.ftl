# Posters and the links by which people come to the bot.

command-kit = Posters and QR
kit-open = Posters and QR
kit =
    <b>Posters and QR</b>

    A stand for the desk, a poster for a room, a link for the site and for the clinic’s page on a map. Each place has a link of its own, so you see where people come from. Choose a place.
kit-came = { $where }: opened { $opened }, registered { $registered }
kit-came-note = Everybody is counted once, by the first link, and only if they had not been in the bot before.
kit-nobody = Nobody has come by these links yet.
kit-place =
    { $place ->
        [desk] Desk
        [room] Room
        [site] Site
       *[map] Map
    }
kit-where = { $place }, { $branch }
kit-which-branch = <b>{ $place }</b>. Of which branch?
kit-link =
    <b>{ $where }</b>

    <code>{ $link }</code>
kit-print = What shall we print? The stand is an A6 sheet for a table holder, the poster is A4 for a wall. Both are PDF at 300 dots per inch.
kit-put =
    { $place ->
        [site] Make the link a button of the site, and put the QR where people see it on another screen.
       *[map] Write the link into the clinic’s page on the map, as its site or booking link, and add the QR to the photos.
    }
kit-stand = A6 stand
kit-poster = A4 poster
kit-qr = QR as a picture
kit-copy = Copy the link
kit-in-this-language = Sheet in English
kit-back = ← All places
kit-making = Preparing the file…
kit-file =
    { $paper ->
        [a6] A6 stand. Print it at 100% scale.
        [a4] A4 poster. Print it at 100% scale.
       *[qr] QR as a picture.
    }
    { $where }: { $link }

poster-gift =
    { $points ->
        [one] welcome point
       *[other] welcome points
    }
poster-gift-terms =
    Points come right after registration and last { $months ->
        [one] { $months } month.
       *[other] { $months } months.
    }
poster-no-gift = Points for visits
poster-no-gift-more = grow with every payment
poster-terms = Registration takes a minute.
poster-worth = 1 point = 1 ₽, up to { $cap } of a bill
poster-scan = Point your phone’s camera here
poster-warning = There are contraindications; please consult a specialist.
