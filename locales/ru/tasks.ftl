# Задачи в чате администраторов: кому позвонить или ответить, что сказать и чем кончилось.

task-branch = <b>{ $branch }</b>
task-whom = { $sign ->
        [talk] 💬
       *[call] 📞
    } <b>{ $name }</b> { $phone }
task-speaker = Ответит: { $name }
task-why = { $kind ->
        [book] <b>Хочет записаться</b>
        [move] <b>Просит перенести визит</b>
        [cancel] <b>Отменяет визит</b>
        [silent] <b>Визит не подтверждён</b>
        [missed] <b>Визит не состоялся</b>
        [unreached] <b>Сообщение не дошло</b>
       *[words] <b>Пишет клинике</b>
    }
task-why-about = { $kind ->
        [book] <b>Хочет записаться</b>
        [move] <b>Просит перенести визит</b>
        [cancel] <b>Отменяет визит</b>
        [silent] <b>Визит не подтверждён</b>
        [missed] <b>Визит не состоялся</b>
        [unreached] <b>Сообщение не дошло</b>
       *[words] <b>Пишет клинике</b>
    }: { $about }
task-moment = { $day } в { $at }
task-wish = { $wish ->
        [daytime] в будни днём
        [evening] в будни вечером
       *[weekend] в выходные
    }
task-last = Последний визит { $day }
task-standing = { $visit } · { $points }
task-no-visits = Визитов пока не было · { $points }
task-points = { $points ->
        [0] баллов нет
        [one] { $shown } балл
        [few] { $shown } балла
       *[many] { $shown } баллов
    }
task-strange = Номер недавно перешёл на этот аккаунт: о визитах и баллах не пишите, пока не увидите человека на стойке.
task-never-said = 🚫 Просили не беспокоить ({ $name }, { $day }). Сами не звоните: ответьте только на то, о чём спросили.
task-no-phone = Телефона нет.
task-wrong-number = ⚠ По этому номеру отвечает другой человек.
task-one-call = Один звонок на всех: номер или аккаунт у них общий.
task-tries = Не дозвонились: { $tries } из { $most }.
task-returns = ⏰ Вернётся { $day } в { $at }.
task-hello = Здравствуйте! Это { $clinic }.
task-hello-named = { $name }, здравствуйте! Это { $clinic }.
task-hello-for = Звоним вот о ком: { $name }.
task-ask = { $kind ->
        [book] Вы хотели записаться: когда вам удобно?
        [move] Вы просили перенести визит: какое время подойдёт?
        [cancel] Вы отменили визит, ничего страшного. Подобрать другое время?
        [silent] Скоро ваш визит. Всё в силе или перенесём?
        [missed] Визит не состоялся. Всё хорошо? Давайте найдём новое время.
       *[unreached] Наше сообщение до вас не дошло. Удобно сейчас говорить?
    }
task-ask-about = { $kind ->
        [book] Вы хотели записаться: когда вам удобно?
        [move] Вы просили перенести визит { $moment }: какое время подойдёт?
        [cancel] Вы отменили визит { $moment }, ничего страшного. Подобрать другое время?
        [silent] Ждём вас { $moment }. Всё в силе или перенесём?
        [missed] Ждали вас { $moment }. Всё хорошо? Давайте найдём новое время.
       *[unreached] Напоминаем о визите { $moment }. Всё в силе?
    }
task-say = Скажите: <i>«{ $words }»</i>
task-reply-here = Ответьте на это сообщение: текст, голос, фото или файл уйдут пациенту от имени клиники.
task-act = { $act ->
        [phone] Номер
        [book] Есть запись
        [comes] Придёт
        [none] Не дозвонились
        [later] Позвонить позже
        [hour] Через час
        [morning] Завтра утром
        [week] Через неделю
        [more] Другой итог
        [no] Пока не нужно
        [else] Лечится не у нас
        [wrong] Неверный номер
        [never] Не беспокоить
        [never-yes] Больше не беспокоить
       *[done] Готово
    }
task-back = ← К задаче
task-when-later = { $name }: когда позвонить? Нажмите или напишите, например: завтра 15:30
task-press-later = { $name }: когда позвонить?
task-who = { $act ->
        [book] Кого записали?
        [comes] Кто придёт?
        [no] Кому пока не нужно?
        [else] Кто лечится не у вас?
       *[never] Кого больше не беспокоить?
    }
task-never-surely = <b>{ $name }</b>: больше никаких звонков, напоминаний о здоровье и предложений, навсегда. Так отмечают и того, кто умер. Вернуть может управляющий в карточке пациента. Отметить?
task-done = { $result ->
        [booked] ✅ Есть запись
        [confirmed] ✅ Придёт
        [no-answer] Не дозвонились три раза
        [declined] ✅ Пока не нужно
        [elsewhere] Лечится не у нас
        [wrong-number] Неверный номер
        [never] 🚫 Больше не беспокоить
        [came] ✅ Визит состоялся
        [answered] ✅ Разговор закончен
       *[overtaken] Уже неактуально
    }
task-done-by = { $result ->
        [booked] ✅ Есть запись
        [confirmed] ✅ Придёт
        [no-answer] Не дозвонились три раза
        [declined] ✅ Пока не нужно
        [elsewhere] Лечится не у нас
        [wrong-number] Неверный номер
        [never] 🚫 Больше не беспокоить
        [came] ✅ Визит состоялся
        [answered] ✅ Разговор закончен
       *[overtaken] Уже неактуально
    } · { $name }
task-below = ↓ { $name }: задача снова ниже.
task-words-from = 💬 <b>{ $name }</b>
task-unheard = ⚠ Не дошло: { $name } больше не пользуется ботом. Позвоните, пожалуйста.

tasks-none = Задач нет: звонить и отвечать сейчас некому.
tasks-count = <b>Задачи</b>: { $count ->
        [one] { $count } открытая
        [few] { $count } открытые
       *[many] { $count } открытых
    }
tasks-page = Страница { $page } из { $pages }
tasks-turn = { $to ->
        [earlier] ← Раньше
       *[later] Дальше →
    }
tasks-line = { $kind ->
        [book] Записать
        [move] Перенести
        [cancel] Отмена
        [silent] Не подтверждён
        [missed] Не пришли
        [unreached] Не дошло
       *[words] Ответить
    }: { $name }
tasks-back = ← Все задачи
command-tasks = Задачи: кому позвонить и ответить

promise-answer = Передали администратору, ответим { $when }.
promise-moment = { $named ->
        [yes] { $day ->
            [today] сегодня
           *[tomorrow] завтра
        }
       *[no] { $day }
    } { $closed ->
        [yes] с { $hour }
       *[no] до { $hour }
    }
promise-pain = Если болит, лучше позвоните: { $phone }
promise-emergency = При сильном отёке, кровотечении, температуре — 103.
promise-heard = Передали.

refusal-other-task = Это задача другого филиала.
refusal-stale-task = Задача уже изменилась: посмотрите ещё раз.
refusal-task-done = Эта задача уже закрыта.
refusal-tried-just-now = Только что звонили. Задача вернётся в другой половине дня: тогда и попробуйте снова.
refusal-not-then = Это время уже прошло или слишком далеко: напишите день и час в ближайшие два месяца, например: завтра 15:30
