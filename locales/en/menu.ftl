# The main menu, the clinic, the language, coming back, and all that is no button.

menu-code = My code
menu-points = Points
menu-clinic = Clinic

home =
    Welcome back! You have { $points ->
        [one] { $points } point
       *[other] { $points } points
    }.
home-named =
    Welcome back, { $name }! You have { $points ->
        [one] { $points } point
       *[other] { $points } points
    }.

clinic = <b>{ $clinic }</b>
clinic-branch = <b>{ $name }</b>
clinic-legal = { $legal }
clinic-address = { $address }
clinic-phone = Phone: { $phone }
clinic-directions = How to get there
clinic-help = How it works
clinic-privacy = My data
clinic-language = Язык / Language
clinic-back = ← Clinic

language = Which language suits you better?
language-chosen = ✓ English it is.
language-menu = The buttons at the bottom of the screen are in English too.
# The names of languages are the same in both catalogues.
language-ru = Русский
language-en = English

said-text = For now only buttons answer in this chat. To ask something or to book a visit, call { $phone }. Your points and our contacts are on the buttons at the bottom of the screen.
said-other = Buttons work here: press “Points” or “Clinic” at the bottom of the screen. To ask something or to book a visit, call { $phone }.

group-private = Points and data are a private matter. Open a private chat with the bot, and it will show you everything there.
group-open = Open private chat

command-balance = My points
command-history = History of points
command-help = How it works
command-privacy = My data
command-language = Язык / Language
bot-description =
    { $clinic }: your points, discounts and reminders of visits. 1 point = 1 ₽.

    Press “Start”: it takes a minute.
bot-short-description = Points and reminders: { $clinic }
