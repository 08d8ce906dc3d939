# About troubles, and about what one person's act means for another.

alert-second-bot =
    <b>Another bot is running with the same token.</b>

    Telegram gives messages now to one, now to the other, so answers may be late. Please stop the extra copy. If you didn’t start it, somebody else may have the token: replace it at @BotFather (/revoke) and put the new one into BOT_TOKEN.
alert-set-aside-person = We couldn’t answer your message and are looking into it. Please try again or call the clinic.
alert-set-aside-owner =
    <b>One message was left without an answer.</b>

    The bot failed to handle it three times and set it aside; the person was asked to write again or to call. Everything else goes on as usual. Number for whoever looks after the bot: <code>{ $update }</code>
account-moved =
    { $clinic }: your number was connected to another Telegram, so your points are no longer shown here. They are safe, and the front desk will switch paying with them back on.

    If it wasn’t you, please call us: { $phone }
alert-codes-locked = { $branch }: { $name } entered ten wrong codes within 10 minutes. Codes are closed for 10 minutes. If this is not a newcomer's mistake, check the access: /staff
alert-books-differ =
    <b>The nightly audit of points has found a difference.</b>

    The bot works as usual; { $differences ->
        [one] { $differences } check does not agree
       *[other] { $differences } checks do not agree
    }. Pass this on to whoever serves the bot: <code>python -m bot audit-ledger</code> shows whose.
