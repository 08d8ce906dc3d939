# Главное меню, клиника, язык, возвращение и всё, что не кнопка.

menu-code = Мой код
menu-points = Баллы
menu-clinic = Клиника

home =
    С возвращением! У вас { $points ->
        [one] { $points } балл
        [few] { $points } балла
       *[many] { $points } баллов
    }.
home-named =
    С возвращением, { $name }! У вас { $points ->
        [one] { $points } балл
        [few] { $points } балла
       *[many] { $points } баллов
    }.

clinic = <b>{ $clinic }</b>
clinic-branch = <b>{ $name }</b>
clinic-legal = { $legal }
clinic-address = { $address }
clinic-phone = Телефон: { $phone }
clinic-directions = Как доехать
clinic-help = Как это работает
clinic-privacy = Мои данные
clinic-language = Язык / Language
clinic-back = ← Клиника

language = На каком языке вам удобнее?
language-chosen = ✓ Теперь по-русски.
language-menu = Кнопки внизу экрана — тоже по-русски.
# Названия языков одинаковы в обоих каталогах.
language-ru = Русский
language-en = English

said-text = Пока в этом чате отвечают только кнопки. Спросить или записаться можно по телефону { $phone }. Баллы и контакты — на кнопках внизу экрана.
said-other = Здесь работают кнопки: нажмите «Баллы» или «Клиника» внизу экрана. Спросить или записаться можно по телефону { $phone }.

group-private = Баллы и данные — дело личное. Откройте личный чат с ботом, и всё покажем там.
group-open = Открыть личный чат

command-balance = Мои баллы
command-history = История баллов
command-help = Как это работает
command-privacy = Мои данные
command-language = Язык / Language
bot-description =
    { $clinic }: ваши баллы, скидки и напоминания о визитах. 1 балл = 1 ₽.

    Нажмите «Начать» — это займёт минуту.
bot-short-description = Баллы и напоминания: { $clinic }
