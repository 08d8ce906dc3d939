# Случаи: недовольный пациент у руководителя и управляющего.

case-overdue = ⏰ <b>Больше суток без решения</b>
case-stars = <b>{ $stars }</b> · { $branch }
case-question = Вопрос после визита
case-patient = { $name }, { $phone }
case-wishes = { $call ->
        [call] <b>просит позвонить</b>
        [write] просит написать
       *[neither] отвечать не просит
    }
case-visit = Визит { $day }
case-visit-at = { $at }
case-doctor = врач { $name }
case-desk = на стойке { $name }
case-history = { $known }, { $visits ->
        [one] { $visits } визит
        [few] { $visits } визита
       *[many] { $visits } визитов
    }.
case-known-years = С нами { $years ->
        [one] { $years } год
        [few] { $years } года
       *[many] { $years } лет
    }
case-known-months = С нами { $months ->
        [one] { $months } месяц
        [few] { $months } месяца
       *[many] { $months } месяцев
    }
case-known-lately = С нами недавно
case-why = Что не так: { $why ->
        [pain] <b>боль, самочувствие</b>
        [waiting] <b>ожидание</b>
        [price] <b>счёт, цена</b>
        [manners] <b>общение</b>
        [result] <b>результат</b>
       *[other] <b>другое</b>
    }
case-rated = Оценка: { $stars }
case-said-patient = «{ $text }»
case-said-clinic = ↳ { $name }: { $text }
case-media = (голос, фото или файл: отдельным сообщением)
case-between = … ещё { $count ->
        [one] { $count } сообщение
        [few] { $count } сообщения
       *[many] { $count } сообщений
    } …
case-offers-stopped = Предложения этому пациенту остановлены до решения.
case-taken = Занимается: <b>{ $name }</b>. Предложения пациенту остановлены до решения.
case-solved = ✅ Решено: { $name }.
case-note = Чем закончилось: { $note }
case-note-before = Открыт снова. В прошлый раз закончилось так: «{ $note }»
case-act = { $act ->
        [take] Беру на себя
        [pass] Передать
        [answer] Ответить в чате
        [solve] Решено
        [look] Открыть случай
       *[solved] Без заметки
    }
case-pass-to = Кому передать?
case-nobody = Передать некому: других руководителей и управляющих этого филиала нет.
case-an-owner = Руководитель
case-nobody-heard = Это сообщение никому не отправлено. Чтобы ответить пациенту, откройте его случай в /cases и нажмите «Ответить в чате»; если случая нет, позвоните. Число в настройках меняют кнопкой «Изменить» под ним.
case-for-whom = Никому не отправлено: за это время пришёл другой случай. Нажмите «Ответить в чате» под тем, кому пишете, и повторите.
case-write-answer = Напишите ответ следующим сообщением (можно голосом или фото): { $name } получит его от имени клиники.
case-write-note = { $name }: чем закончилось? Напишите одним сообщением: заметку увидят только руководители и управляющие.
case-without-note = Без заметки
case-solved-now = ✅ Случай решён: { $name }. Заметка сохранена.
case-answered = ✓ Отправлено: { $name }. Можно писать дальше: следующие сообщения тоже уйдут этому пациенту.
case-end-talk = Закончить разговор
case-back = ← К случаю
case-to-list = ← Все случаи
case-urgent = { $what ->
        [pain] <b>У пациента болит</b>
       *[call] <b>Просит позвонить</b>
    }: { $name }, { $phone }
case-waits-named = <b>{ $branch }</b>: { $name }, вас ждёт важное сообщение, но бот не может его доставить. Откройте бота и нажмите «Начать». Коллеги, передайте, пожалуйста.
case-waits = <b>{ $branch }</b>: руководителя ждёт важное сообщение, но бот не может его доставить. Попросите руководителя открыть бота и нажать «Начать».

words-from = <b>{ $name }</b> · { $branch } · { $stars }

cases-title = <b>Случаи</b>
cases-counts = Новых: { $new }, в работе: { $taken }.
cases-overdue = ⏰ Дольше суток: { $overdue }.
cases-none = Открытых случаев нет: никто не ждёт ответа.
cases-more = И ещё { $more }: они появятся здесь, когда решатся эти.
cases-line = { $mark ->
        [overdue] ⏰
        [new] ●
        [taken] ○
       *[solved] ✓
    } { $what } { $name } · { $day }
cases-call = { $what } ☎
cases-stars = { $stars }★
cases-pain = Болит:
cases-pain-rated = { $stars }★ болит:
cases-question = Вопрос:
cases-solved = Решённые
cases-solved-title = <b>Решённые случаи</b>
cases-none-solved = Решённых случаев пока нет.
cases-presence = { $act ->
        [away] Меня нет
       *[back] Я на месте
    }
cases-away = Вас замещает: <b>{ $name }</b>. Новые случаи приходят туда.
cases-deputy = <b>{ $name }</b> сейчас не на месте, и вы замещаете: новые случаи будут приходить сюда.
cases-choose-deputy = Кто вас заместит? Новые случаи будут приходить этому человеку, пока вы не нажмёте «Я на месте».
cases-no-deputy = Заместить вас некому. Назначьте управляющего: «Сотрудники» → человек → «Сделать управляющим».
command-cases = Случаи: недовольные пациенты

refusal-not-your-case = Этот случай не ваш: им занимаются руководители и управляющий филиала.
refusal-no-deputy = Этот человек сейчас не может вас заместить. Выберите другого.
refusal-deaf-deputy = { $name } не сможет получать случаи: бот пока не может туда написать. Попросите открыть бота и нажать «Начать», затем выберите ещё раз.
refusal-nobody-listens = Пациент больше не пользуется ботом. Позвоните ему.
refusal-case-taken = Этим уже занимается { $name }. Если нужно иначе, договоритесь и нажмите «Передать».
refusal-case-solved = Этот случай уже решён.
refusal-note-too-long =
    { $longest ->
       *[many] Слишком длинно: не больше { $longest } знаков. Напишите заметку короче.
    }
