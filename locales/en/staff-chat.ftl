# The staff chat: connecting it, the branch, access, the shift of a shared account.

connect-add = Connect the staff chat
connect-offer = Make this group the staff chat? Visits will be recorded here.
connect-go = Connect
connect-not-administrator =
    <b>Make the bot an administrator of the group.</b>

    Otherwise it neither sees messages nor can tidy away the lines it has read. Open the group → Edit → Administrators → Add Admin, choose the bot and leave “Delete messages” on.
connect-cant-delete =
    <b>The bot lacks the right to delete messages.</b>

    Without it, lines with phone numbers would stay in the chat. Open the group → Edit → Administrators → the bot, and turn “Delete messages” on.
connect-again = Check again
connect-which = Which branch is this? A disconnected one comes back with its staff.
connect-new = New: { $name }
connect-owners-do = An owner does this.
connect-not-an-owner = Only an owner can do this. If that is you, add your Telegram ID { $telegram } to OWNER_IDS and restart the bot.

# Five lines for a new administrator, pinned in the chat.
leaflet =
    1. The patient reads out 4 digits from the “My code” screen.
    2. Type the code and the sum here: <code>4821 12400</code>. No code? Type the phone.
    3. Points: “max” or a number after the sum, <code>4821 12400 max</code>.
    4. Check the card and press “Record”; the till takes the sum it says.
    5. To practise, use code <code>0000</code>. All the rest: /help
disconnect =
    <b>Disconnect this chat from “{ $name }”?</b>

    Visits can’t be recorded here any more. Visits, cards and staff are kept.
disconnect-surely = Yes, disconnect
disconnect-no = No, keep it
disconnect-not = The chat stays connected.
disconnect-nothing = This chat isn’t connected. To connect it: /connect
disconnected =
    The chat is disconnected from “{ $name }”.

    It can come back in any group: <code>/connect { $name }</code>

branch =
    <b>Chat connected: { $name }</b>

    Time zone: { $zone }, now { $now }
    Legal entity: { $legal }
    Phone: { $phone }
    Opening hours: { $opens }–{ $closes }
    Days off: { $days }

    Whoever is to record visits, please write any word here: one tap lets them in.
branch-name = Name
branch-zone = Time zone
branch-legal = Legal entity
branch-phone = Phone
branch-hours = Opening hours
branch-days-off = Days off
branch-leaflet = Leaflet
branch-back = ← Back
branch-write-name = Type the name of the branch, for example: Lenin Street
branch-write-legal = Type the legal entity with its tax number in one line.
branch-write-phone = Type the phone of the branch, for example: +7 843 123-45-67
branch-write-hours = Type the opening hours, for example: 9–20 or 8:30–21:00
branch-write-zone = What time is it there? Any other zone can be typed, for example: Asia/Chita
branch-zone-now = { $now } · { $zone }
branch-choose-days = On which days is the branch closed?
branch-day-off = ✓ { $day }
branch-day-on = { $day }
branch-no-days-off = none

access-question = { $name }: give access to recording visits?
access-give = Give access
access-later = Not now
access-given = ✓ { $name } records visits. Let in by { $by }.
access-not-now = { $name } has no access yet. It can be given in the private chat with the bot: /staff
access-none = Recording visits takes access: an owner or a manager gives it. Then please send the line again.
access-own = You are an owner: give yourself access with one tap, and the records will bear your name. Then send the line again.
access-nameless = Colleague
access-anonymous = Every operation has a name on it, and this shows none. Turn anonymity off (group → Edit → Administrators → you) and send it again.
access-channel = Every operation has a name on it, and this speaks for a channel. Choose yourself to the left of the input field and send it again.

shift = Who is on shift?
shift-other = Another name
shift-back = ← Back
shift-write = Type the name of who is on shift.
shift-on = ✓ On shift: { $name }, until { $until }.
shift-send-again = Now please send the line again.
shift-change = Change
shift-first = First choose who is on shift. The question is below in the chat.

refusal-owner-only = Only an owner can do this.
refusal-manager-only = An owner or the manager of the branch decides this.
refusal-left-already = This person isn’t in the staff chat any more.
refusal-shared-manager = A shared account can’t be a manager: decisions are made under one’s own name.
refusal-not-shared = This question is for the shared account of the desk.
refusal-branch-name-taken = “{ $name }” is connected to another chat. Give this one a name of its own: /connect Name
refusal-not-a-branch-name = Please type a name of up to { $longest ->
        [one] { $longest } character
       *[other] { $longest } characters
    }, for example: Lenin Street
refusal-not-a-zone = There is no such zone. Press a button or type one, for example: Asia/Yekaterinburg
refusal-not-a-legal-entity = Please type the legal entity with its tax number in one line, up to { $longest ->
        [one] { $longest } character
       *[other] { $longest } characters
    }.
refusal-not-a-branch-phone = We couldn’t read the phone. Please type it with its code, for example: +7 843 123-45-67
refusal-not-hours = We couldn’t read the hours. Please type them like this: 9–20 or 8:30–21:00

private-only =
    { $who ->
        [owner] An owner does this, in the private chat with the bot.
        [manager] An owner or a manager does this, in the private chat with the bot.
       *[anybody] This is done in the private chat with the bot.
    }
staff-chat-only = This is written in the staff chat.

command-visit = Record a visit
command-patient = A patient’s card
command-script = What to tell a patient
command-undo = Undo the last record
command-staff-help = How to record visits
