# The owner in a private chat.

owner =
    <b>{ $clinic }</b>

    Hello! In this bot you are the owner.

    The bot is running: patients can press “Start”, give consent and get their points. Whatever needs your attention will come here.
owner-as-patient = Open as a patient
