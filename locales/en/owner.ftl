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
manager =
    <b>{ $clinic }</b>

    Hello! In this bot you are the manager: { $branches }.

    Whatever needs your attention will come here. /cases — who is dissatisfied with a visit, /staff — the staff and the page of the branch. Visits are recorded in the staff chat.
manager-back = ← Manager’s menu
owner-cases = Cases: who is dissatisfied
owner-staff = Staff
command-start = Main menu
command-settings = Settings of the programme
