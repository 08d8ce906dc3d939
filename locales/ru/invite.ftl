# Приглашения знакомых пациентов, у которых ещё нет бота.

command-invite = Пригласить пациентов
invite-open = Пригласить пациентов
invite = <b>Пригласить пациентов</b>
invite-ready =
    Можно пригласить: { $ready ->
        [one] { $ready } пациента
        [few] { $ready } пациентов
       *[many] { $ready } пациентов
    }. Это те, кто подписал согласие на стойке, оставил номер и ещё не в боте. Семье с одним номером хватит одной SMS.
invite-past = Ссылки в файлах уже получили: { $invited }. Из них теперь в боте: { $came }.
invite-about = В файле имя, телефон, личная ссылка и текст SMS до { $limit } знаков. Разошлите его через свой SMS-сервис: сам бот написать им не может. Ссылка у каждого одна и та же, сколько бы раз вы ни брали файл.
invite-file = Получить файл
invite-file-name = приглашения
invite-caption =
    { $count ->
        [one] { $count } пациент.
        [few] { $count } пациента.
       *[many] { $count } пациентов.
    } Здесь имена и телефоны: храните файл там же, где карты пациентов, и удалите, когда разошлёте.

invite-sheet = Приглашения
invite-name = Имя
invite-phone = Телефон
invite-link = Личная ссылка
invite-sms = Текст SMS
invite-length = Знаков
invite-note = Примечание
invite-too-long = Ссылка с любыми словами длиннее { $limit } знаков: уйдёт двумя SMS.
invite-family = На этом номере ещё: { $names }.

# Не длиннее 70 знаков вместе со ссылкой: бот берёт первый текст, который помещается.
invite-sms-visits = { $clinic }: ваши баллы и визиты { $link }
invite-sms-clinic = { $clinic }: ваши баллы { $link }
invite-sms-points = Ваши баллы: { $link }
invite-sms-short = Баллы: { $link }
invite-sms-shortest = Вам { $link }
