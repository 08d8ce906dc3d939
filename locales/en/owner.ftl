# The owner in a private chat.

owner =
    <b>{ $clinic }</b>

    Hello! In this bot you are the owner.

    The bot works. The link for patients: { $link }

    Whatever needs your attention will come here.
owner-as-patient = Become a patient
