# The full text of consent. Changes together with loyalty.registration.CONSENT_VERSION.

consent-full =
    <b>Consent to the processing of personal data</b>
    Edition { $version }

    By pressing “I agree” I consent freely, of my own will and in my own interest, to the processing of my personal data (Russian Federal Law No. 152-FZ “On Personal Data”).

    <b>To whom.</b> Operator: { $legal } ({ $clinic }), phone { $phone }.

    <b>Which data.</b> Name, phone number, date of birth, number and language of my Telegram account, name in my Telegram profile; dates and sums of visits, type of visit and doctor; points and what happens to them; my messages and ratings in this chat; which link opened the bot. There are no diagnoses, images or medical records in the bot.

    <b>What for.</b> To keep points and discounts under the clinic’s programme; to recognise me at the front desk; to remind me of visits, check-ups and the term of points; to answer my messages and ratings; to account for payments. Advertising is not included: we ask about it separately, and refusing changes nothing.

    <b>What is done with them.</b> Collecting, recording, organising, accumulating, storing, correcting, retrieving, using, sending through Telegram, anonymising, blocking, deleting, destroying — by software and without it. The data are seen by those of the clinic’s staff who need them for their work.

    <b>Telegram and transfer abroad.</b> The bot’s messages travel through Telegram, whose servers are abroad, including countries that may not protect data as Russia does. I consent to such a cross-border transfer of what the messages of this chat contain. The data are given to nobody else except where the law directly requires it.

    <b>Family.</b> If I connect children or relatives, I confirm that I may consent on their behalf.

    <b>Term.</b> The consent is valid until I withdraw it or delete my data.

    <b>How to withdraw.</b> At any time and without giving reasons: “Clinic” → “My data” → “Withdraw consent”, by the command /privacy, or by asking the clinic. After that the bot stops writing, and the data are destroyed within 30 days unless consent is given again. What stays are the amounts of operations without a name, a phone or a link to me (bookkeeping needs them) and irreversible marks that the welcome gift has been given: they tell neither the number nor the account. The clinic keeps medical documents separately, as the law requires.

    <b>My rights.</b> To know what is stored and download it as a file; to have it corrected; to withdraw consent; to delete the data; to complain to Roskomnadzor.
