# The people of a branch: for an owner and a manager in private.

team-branches = Whose staff?
team-no-branches = No branches yet. Connect the staff chat: /connect in a group, or the button “Connect the staff chat”.
team-people = <b>{ $branch }</b>: who works in the staff chat.
team-nobody = <b>{ $branch }</b>: nobody yet. Whoever writes in the staff chat appears here.
team-label =
    { $name }{ $standing ->
        [manager] {" · manager"}
        [waiting] {" · no access"}
       *[staff] {""}
    }
team-person =
    <b>{ $name }</b>
    { $branch }: { $standing ->
        [manager] manager
        [waiting] no access
       *[staff] records visits
    }
team-is-shared = A shared account: once a shift the bot asks who is working.
team-let-in = Give access
team-remove = Take access away
team-promote = Make a manager
team-dismiss = Dismiss as manager
team-share = Shared account
team-unshare = Personal account
team-rename = Change the name
team-to-branches = ← Branches
team-to-people = ← Staff
team-write-name = Type the name instead of “{ $name }”: it stands beside operations.
team-back = ← Back
team-made-manager = You are the manager now: { $branch }. The staff’s access is in /staff.
team-open = Staff
command-staff = Staff
