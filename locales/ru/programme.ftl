# Программа: числа, которые меняет руководитель, что каждое значит и почему его не принять.

number-group-welcome = За знакомство
number-group-tiers = Уровни
number-group-rates = Свой процент вида
number-group-spending = Оплата баллами
number-group-caps = Свой предел вида
number-group-excluded = Виды без баллов
number-group-validity = Срок баллов
number-group-friends = Рекомендации
number-group-birthday = День рождения
number-group-regular = Регулярность
number-group-good-will = Жест доброй воли
number-group-gifts = Подарки вручную
number-group-desk = На стойке
number-group-notices = Напоминания о сроке
number-group-recalls = Контроль
number-group-appointments = Записи

number-welcome = За знакомство
number-welcome-about = Столько баллов получает новый пациент при регистрации. Ими можно платить сразу.
number-welcome-months = Срок баллов за знакомство
number-welcome-months-about = Сколько месяцев они живут.

number-rate-standard = Стандарт: процент
number-rate-standard-about = Какая часть оплаченного возвращается баллами на первом уровне.
number-rate-silver = Серебро: процент
number-rate-silver-about = Какая часть оплаченного возвращается баллами на уровне «Серебро».
number-rate-gold = Золото: процент
number-rate-gold-about = Какая часть оплаченного возвращается баллами на уровне «Золото».
number-threshold-silver = Серебро: с какой суммы
number-threshold-silver-about = Сколько нужно заплатить деньгами за всё время, чтобы перейти на «Серебро».
number-threshold-gold = Золото: с какой суммы
number-threshold-gold-about = Сколько нужно заплатить деньгами за всё время, чтобы перейти на «Золото».
number-rate-category = Свой процент
number-rate-category-about = Этот вид приносит такой процент на любом уровне. Без своего числа действует процент уровня.

number-cap = Предел оплаты баллами
number-cap-about = Какую часть счёта можно оплатить баллами.
number-cap-category = Свой предел
number-cap-category-about = Какую часть строки этого вида можно оплатить баллами. Без своего числа действует общий предел.
number-max-giveaway = Предел щедрости
number-max-giveaway-about = Программа, по которой клиника отдаёт баллами бо́льшую часть оплат, не сохранится.
number-excluded-category = Без баллов
number-excluded-category-about = «Да» — за этот вид баллы не приходят и оплатить его ими нельзя. «Нет» — как обычно.

number-cashback-days = Срок баллов за визит
number-cashback-days-about = Сколько дней живут баллы, начисленные за оплату.
number-months-category = Свой срок
number-months-category-about = Сколько месяцев живут баллы за этот вид. Если в визите несколько видов, действует самый долгий срок.

number-referral = Процент за рекомендацию
number-referral-about = Сколько приходит тому, кто посоветовал клинику, с каждой оплаты друга.
number-friend-fixed = За первую оплату друга
number-friend-fixed-about = Столько баллов приходит сверх процента, один раз за друга, когда он впервые заплатил. Вернули все деньги за этот визит — баллы уйдут и придут со следующей оплатой. «0» — только процент.
number-reward-days = Срок баллов за рекомендацию
number-reward-days-about = Сколько дней они живут.
number-friend-gift = Подарок другу
number-friend-gift-about = Столько баллов получает новый пациент по ссылке, сверх баллов за знакомство.
number-friend-gift-months = Срок подарка другу
number-friend-gift-months-about = Сколько месяцев он живёт.
number-friends-a-day = Друзей по одной визитке
number-friends-a-day-about = Сколько новых пациентов в день по одной визитке получают подарок сразу. Остальные ждут решения управляющего.
number-staff-referral = Награда сотрудникам
number-staff-referral-about = «Да» — сотрудникам приходят баллы за друзей, как пациентам. «Нет» — друг получает подарок, а сотруднику ничего не приходит.

number-birthday = Ко дню рождения
number-birthday-about = Столько баллов получает каждый пациент.
number-birthday-lead-days = За сколько дней
number-birthday-lead-days-about = За сколько дней до дня рождения приходит подарок.
number-birthday-days = Срок подарка
number-birthday-days-about = Сколько дней живут баллы ко дню рождения.

number-regular = За регулярность
number-regular-about = Столько баллов приходит, если пациент вовремя вернулся на гигиену.
number-regular-within-months = Вовремя — это
number-regular-within-months-about = Сколько месяцев может пройти после прошлой гигиены.
number-regular-months = Срок баллов
number-regular-months-about = Сколько месяцев живут баллы за регулярность.

number-good-will = Вернуть закончившиеся
number-good-will-about = Сколько закончившихся баллов администратор может вернуть сам, раз в год. Больше — управляющий.
number-good-will-ended-days = Как давно закончились
number-good-will-ended-days-about = Сколько дней могло пройти с конца срока.
number-good-will-days = Срок возвращённых
number-good-will-days-about = Сколько дней живут возвращённые баллы.

number-gift-wallet = Подарки одному пациенту
number-gift-wallet-about = Сколько баллов администратор может подарить на один счёт. Больше — с подтверждением управляющего.
number-gift-wallet-days = За какое время
number-gift-wallet-days-about = За сколько дней считаются подарки на один счёт.
number-gift-branch = Подарки филиала за день
number-gift-branch-about = Сколько баллов в день филиал может подарить без управляющего.

number-signature = Списание под подпись
number-signature-about = Сколько баллов можно списать пациенту без Telegram, по подписи.
number-returned = Возврат без управляющего
number-returned-about = Сколько денег за один визит возвращает администратор сам. Больше — с подтверждением управляющего.
number-returned-days = Время на возврат
number-returned-days-about = Сколько дней после визита администратор может оформить возврат сам.
number-returned-lot-days = Срок после возврата
number-returned-lot-days-about = Если баллы вернулись, а срок почти вышел, они живут ещё столько дней.

number-notice-first-days = Первое напоминание
number-notice-first-days-about = За сколько дней до конца срока.
number-notice-last-days = Последнее напоминание
number-notice-last-days-about = За сколько дней до конца срока.
number-notice-points = От скольких баллов
number-notice-points-about = О меньшем количестве не напоминаем.

number-recall-category = Когда прийти снова
number-recall-category-about = Через сколько пригласить после этого вида, если дата не выбрана. Без числа не приглашаем.

number-appointment-minutes = Длина приёма
number-appointment-minutes-about = Сколько минут занимает запись, если администратор не выбрал другое.

refusal-number-unknown = Этот список обновился. Откройте настройки заново: /settings
refusal-number-percent = Напишите, сколько процентов: от { $lowest } до { $highest }. Например: 7,5
refusal-number-points = Напишите, сколько баллов, целым числом: от { $lowest } до { $highest }. Например: 500
refusal-number-rubles = Напишите сумму в рублях: от { $lowest } до { $highest }. Например: 100 000
refusal-number-days = Напишите, сколько дней, целым числом: от { $lowest } до { $highest }. Например: 30
refusal-number-minutes = Напишите, сколько минут, целым числом: от { $lowest } до { $highest }. Например: 30
refusal-number-people = Напишите, сколько человек, целым числом: от { $lowest } до { $highest }. Например: 5
refusal-number-months = Напишите, сколько месяцев, целым числом: от { $lowest } до { $highest }. Например: 6
refusal-number-switch = Напишите 1, чтобы включить, или 0, чтобы выключить.
refusal-giveaway = Так клиника отдаст баллами до { $given } % оплат, а предел щедрости — { $limit } %. Снизьте процент уровня, вида или рекомендаций либо предел оплаты баллами.
refusal-tiers = Уровни идут по порядку: каждый следующий начинается с большей суммы и даёт не меньший процент. Измените сначала соседний уровень.
refusal-notices = Первое напоминание приходит раньше последнего. Измените сначала другое из них.
refusal-too-many-points =
    { $most ->
        [0] За этот визит баллы списать нельзя.
        [one] За этот визит можно списать до { $most } балла.
       *[many] За этот визит можно списать до { $most } баллов.
    }
refusal-return-whole = После такого возврата на визите осталось бы больше баллов, чем денег. Верните визит целиком.
