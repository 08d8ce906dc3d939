# The owner in a private chat.

owner =
    <b>{ $clinic }</b>

    Hello! In this bot you are the owner.

    The bot works. The link for patients: { $link }

    Whatever needs your attention will come here.
owner-as-patient = Become a patient
owner-to-patient = Patient’s menu
owner-is-patient = The patient’s menu is below.
owner-back = ← Owner’s menu
owner-cases = Cases: who is dissatisfied
owner-staff = Staff
command-start = Main menu
command-settings = Settings of the programme
