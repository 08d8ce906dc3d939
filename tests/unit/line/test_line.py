"""The staff line, as tired people type it."""

from datetime import date, time

import pytest

from loyalty.categories import Category
from loyalty.line import refusals
from loyalty.line.line import (
    MOST,
    Appointment,
    JustWho,
    Part,
    Prefill,
    Visit,
    Who,
    looks_like_a_line,
    read,
    write,
)
from loyalty.recalls import Interval
from screens.texts import LANGUAGES, texts_in

TODAY = date(2026, 11, 21)  # a Saturday
DOCTORS = ("Петрова", "Иванов", "Иванова Анна", "Сидоренко И.И.", "Kim")

CODE = Who(code="4821")
PHONE = Who(phone="+79123456789")
HYGIENE, THERAPY, SURGERY = Category.HYGIENE, Category.THERAPY, Category.SURGERY
IMPLANTS, PROSTHETICS = Category.IMPLANTS, Category.PROSTHETICS
ORTHODONTICS, CHILDREN, DIAGNOSTICS = (
    Category.ORTHODONTICS,
    Category.CHILDREN,
    Category.DIAGNOSTICS,
)
HALF_YEAR = Interval(months=6)


def part(rubles, category=None, doctor=None):
    return Part(round(rubles * 100), category, doctor)


def visit(rubles, points=None, category=None, doctor=None, who=CODE, **more):
    return Visit(who, (part(rubles, category, doctor),), points, **more)


def parts(*some, who=CODE, **more):
    return Visit(who, some, **more)


def by_phone(rubles, *more, **named):
    return visit(rubles, *more, who=PHONE, **named)


def booked(day, at, doctor=None, who=CODE):
    return Appointment(who, day, at, doctor)


def prefill(recall=None, category=None, doctor=None):
    return Prefill(CODE, recall, category, doctor)


ONE_READING = [
    # the lines of the contract
    ("4821 12400 макс", visit(12400, MOST)),
    ("+7 912 345-67-89 12 400,50", by_phone(12400.5)),
    ("4821 12,4к 500 гиг Петрова 6м", visit(12400, 500, HYGIENE, "Петрова", recall=HALF_YEAR)),
    ("4821 12400 0", visit(12400, 0)),
    ("4821 0", visit(0)),
    ("4821 60000 аванс", visit(60000, advance=True)),
    ("4821 запись 12.12 15:30 Петрова", booked(date(2026, 12, 12), time(15, 30), "Петрова")),
    ("4821 6м гиг", prefill(HALF_YEAR, HYGIENE)),
    ("4821 1240", visit(1240)),
    ("0000 12400", visit(12400, who=Who(code="0000"))),
    ("0482 12400", visit(12400, who=Who(code="0482"))),
    # only who
    ("4821", JustWho(CODE)),
    (" 4821 ", JustWho(CODE)),
    ("код 4821", JustWho(CODE)),
    ("+79123456789", JustWho(PHONE)),
    ("/visit 4821", JustWho(CODE)),
    # the command
    ("/visit 4821 12400", visit(12400)),
    ("/visit@MolarBot 4821 12400", visit(12400)),
    ("/VISIT 4821 12400", visit(12400)),
    ("визит 4821 12400", visit(12400)),
    ("Визит: 4821 12400", visit(12400)),
    ("visit 4821 12400", visit(12400)),
    # phones
    ("8 (912) 345 67 89 12400", by_phone(12400)),
    ("8(912)3456789 12400", by_phone(12400)),
    ("89123456789 12400", by_phone(12400)),
    ("9123456789 12400", by_phone(12400)),
    ("(912) 345-67-89 12400", by_phone(12400)),
    ("+79123456789 12400", by_phone(12400)),
    ("+7 (912) 345-67-89 12400", by_phone(12400)),
    ("+7(912)345-67-89 12 400 500", by_phone(12400, 500)),
    ("+7-912-345-67-89 12400 макс", by_phone(12400, MOST)),
    ("7 912 345 67 89 12400", by_phone(12400)),
    ("912 345 67 89 12400", by_phone(12400)),
    ("8-912-345-67-89 12400 макс", by_phone(12400, MOST)),
    ("8.912.345.67.89 12400", by_phone(12400)),
    ("8912 345 67 89 12 400,50", by_phone(12400.5)),
    ("тел. +7 912 345 67 89 12400", by_phone(12400)),
    ("+374 91 123456 12400", visit(12400, who=Who(phone="+37491123456"))),
    ("8 912 345-67-89-5000", by_phone(5000)),
    ("89123456789-5000", by_phone(5000)),
    ("+7 912 345-67-89-12 400 макс", by_phone(12400, MOST)),
    ("+7 912 345-67-89 5000 600", by_phone(5000, 600)),
    ("8 912 345-67-89 500", by_phone(500)),
    ("912 345-67-89 500", by_phone(500)),
    ("+7 727 250 12 34 5000 100", visit(5000, 100, who=Who(phone="+77272501234"))),
    ("+374 91 123456 12400 500", visit(12400, 500, who=Who(phone="+37491123456"))),
    ("843 212-34-56 12400", visit(12400, who=Who(phone="+78432123456"))),
    ("+7 912 345–67–89 0", by_phone(0)),
    # sums
    ("4821 12 400", visit(12400)),
    ("4821 12\u00a0400", visit(12400)),
    ("4821 12\u2009400", visit(12400)),
    ("4821 12\u202f400 ₽", visit(12400)),
    ("4821\u00a012400", visit(12400)),
    ("4821\t12400", visit(12400)),
    ("4821 12'400", visit(12400)),
    ("4821 12’400", visit(12400)),
    ("4821 12400₽", visit(12400)),
    ("4821 12400р", visit(12400)),
    ("4821 12400р.", visit(12400)),
    ("4821 12400 р", visit(12400)),
    ("4821 12400p", visit(12400)),
    ("4821 12400 руб", visit(12400)),
    ("4821 12400 руб.", visit(12400)),
    ("4821 12 400 рублей", visit(12400)),
    ("4821 ₽12400", visit(12400)),
    ("4821 12400 rub", visit(12400)),
    ("4821 RUB 12400", visit(12400)),
    ("4821 12400 roubles", visit(12400)),
    ("4821 12400,5", visit(12400.5)),
    ("4821 12400,50", visit(12400.5)),
    ("4821 12400.50", visit(12400.5)),
    ("4821 12 400.50 ₽", visit(12400.5)),
    ("4821 1500,50", visit(1500.5)),
    ("4821 12.400,50", visit(12400.5)),
    ("4821 12,400.50", visit(12400.5)),
    ("4821 1.500.000", visit(1500000)),
    ("4821 1,500,000", visit(1500000)),
    ("4821 1 500 000", visit(1500000)),
    ("4821 10 000 000", visit(10000000)),
    ("4821 12400 руб 50 коп", visit(12400.5)),
    ("4821 12к", visit(12000)),
    ("4821 12K", visit(12000)),
    ("4821 12.4k", visit(12400)),
    ("4821 12,4 к", visit(12400)),
    ("4821 12,45к", visit(12450)),
    ("4821 12.4 тыс", visit(12400)),
    ("4821 12,4 тыс. руб.", visit(12400)),
    ("4821 12 тысяч", visit(12000)),
    ("4821 12 т.р.", visit(12000)),
    ("4821 12 тысяч 400 рублей", visit(12400)),
    ("4821 1,2 млн", visit(1200000)),
    ("4821 2к5", visit(2500)),
    ("4821 2к5 гиг макс", visit(2500, MOST, HYGIENE)),
    ("4821 12т4", visit(12400)),
    ("4821 2к05", visit(2005)),
    ("4821 1млн5", visit(1500000)),
    ("4821 0,50", visit(0.5)),
    ("4821, 12400", visit(12400)),
    ("4821: 12400!", visit(12400)),
    ("4821 = 12400", visit(12400)),
    ("4821\n12400\nмакс", visit(12400, MOST)),
    ("4821 12, 345", visit(12345)),
    ("4821 12.345", visit(12345)),
    # strange digits and decorations
    ("４８２１ １２４００", visit(12400)),
    ("٤٨٢١ ١٢٤٠٠", visit(12400)),
    ("🦷 4821 12400 👍🏻", visit(12400)),
    ("4️⃣8️⃣2️⃣1️⃣ 12400", visit(12400)),
    ("\u200e4821\u200f 12400\ufeff", visit(12400)),
    ("4821 12\u200b400", visit(12400)),
    ("№ 4821 12400", visit(12400)),
    # points
    ("4821 12400 max", visit(12400, MOST)),
    ("4821 12400 МАКС", visit(12400, MOST)),
    ("4821 12400 мах", visit(12400, MOST)),
    ("4821 12400 все", visit(12400, MOST)),
    ("4821 12400 всё", visit(12400, MOST)),
    ("4821 12400 all", visit(12400, MOST)),
    ("4821 12400 макс.", visit(12400, MOST)),
    ("4821 12400 все баллы", visit(12400, MOST)),
    ("4821 12400 списать макс", visit(12400, MOST)),
    ("4821 12400 500", visit(12400, 500)),
    ("4821 12400 500 баллов", visit(12400, 500)),
    ("4821 12400 500б", visit(12400, 500)),
    ("4821 12400 500p", visit(12400, 500)),
    ("4821 12400 баллами 500", visit(12400, 500)),
    ("4821 12400 спишем 500 баллов", visit(12400, 500)),
    ("4821 12400 500 points", visit(12400, 500)),
    ("4821 12400 500 pts", visit(12400, 500)),
    ("4821 12400 1 000 баллов", visit(12400, 1000)),
    ("4821 12 400 1 000", visit(12400, 1000)),
    ("4821 12 400 500", visit(12400, 500)),  # 12 400 500 ₽ is over what a line may say
    ("4821 12400 1к", visit(12400, 1000)),
    ("4821 1500 500", visit(1500, 500)),
    ("4821 2 400 500 баллов", visit(2400, 500)),
    ("4821 12400 без списания", visit(12400, 0)),
    ("4821 12400 не списываем", visit(12400, 0)),
    ("4821 12400р 0", visit(12400, 0)),
    ("4821 0 0", visit(0)),
    # swapped order
    ("4821 макс 12400", visit(12400, MOST)),
    ("4821 гиг 12400", visit(12400, category=HYGIENE)),
    ("макс 4821 12400", visit(12400, MOST)),
    ("Петрова 4821 12400", visit(12400, doctor="Петрова")),
    ("Петрова 4821, 12к", visit(12000, doctor="Петрова")),
    ("Петрова, 4821, 12тр", visit(12000, doctor="Петрова")),
    ("аванс 4821 60000", visit(60000, advance=True)),
    ("12400 4821", visit(12400)),
    ("12 400 4821 макс", visit(12400, MOST)),
    ("12,4к 4821", visit(12400)),
    ("12400 +7 912 345-67-89", by_phone(12400)),
    ("4821 500б 12400", visit(12400, 500)),
    ("4821 500 12400р", visit(12400, 500)),
    ("4821 12к 0", visit(12000, 0)),
    ("4821 12к 500б", visit(12000, 500)),
    ("4821 12400р5", visit(12400, 5)),
    ("4821 6м 12400 гиг", visit(12400, category=HYGIENE, recall=HALF_YEAR)),
    # categories
    ("4821 12400 гигиена", visit(12400, category=HYGIENE)),
    ("4821 12400 чистка", visit(12400, category=HYGIENE)),
    ("4821 12400 Тер", visit(12400, category=THERAPY)),
    ("4821 12400 пломбы", visit(12400, category=THERAPY)),
    ("4821 12400 хирургия", visit(12400, category=SURGERY)),
    ("4821 12400 удаление", visit(12400, category=SURGERY)),
    ("4821 60000 имп", visit(60000, category=IMPLANTS)),
    ("4821 60000 имплантация", visit(60000, category=IMPLANTS)),
    ("4821 60000 коронка", visit(60000, category=PROSTHETICS)),
    ("4821 60000 ортопедия", visit(60000, category=PROSTHETICS)),
    ("4821 60000 орто", visit(60000, category=PROSTHETICS)),
    ("4821 60000 ортод", visit(60000, category=ORTHODONTICS)),
    ("4821 60000 брекеты", visit(60000, category=ORTHODONTICS)),
    ("4821 3000 детский", visit(3000, category=CHILDREN)),
    ("4821 3000 снимок", visit(3000, category=DIAGNOSTICS)),
    ("4821 3000 консультация", visit(3000, category=DIAGNOSTICS)),
    ("4821 12400 hygiene", visit(12400, category=HYGIENE)),
    ("4821 12400 x-ray", visit(12400, category=DIAGNOSTICS)),
    ("4821 12400 braces", visit(12400, category=ORTHODONTICS)),
    ("4821 12400гиг", visit(12400, category=HYGIENE)),
    ("4821 12400 гиг чистка", visit(12400, category=HYGIENE)),
    ("4821 12400 2 зуба тер", visit(12400, category=THERAPY)),
    ("4821 12400 зуб 36 пломба", visit(12400, category=THERAPY)),
    # doctors
    ("4821 12400 петрова", visit(12400, doctor="Петрова")),
    ("4821 12400 петр", visit(12400, doctor="Петрова")),
    ("4821 12400 у Петровой", visit(12400, doctor="Петрова")),
    ("4821 12400 врач Иванов", visit(12400, doctor="Иванов")),
    ("4821 12400 Ивановым", visit(12400, doctor="Иванов")),
    ("4821 12400 Анна", visit(12400, doctor="Иванова Анна")),
    ("4821 12400 Иванова А.", visit(12400, doctor="Иванова Анна")),
    ("4821 12400 Анной Ивановой", visit(12400, doctor="Иванова Анна")),
    ("4821 12400 сидоренко", visit(12400, doctor="Сидоренко И.И.")),
    ("4821 12400 Сидоренко И. И.", visit(12400, doctor="Сидоренко И.И.")),
    ("4821 12400 kim 6m", visit(12400, doctor="Kim", recall=HALF_YEAR)),
    ("4821 12400 кузнецова", visit(12400, doctor="Кузнецова")),
    ("4821 12400 Римский-корсаков", visit(12400, doctor="Римский-Корсаков")),
    ("4821 12400 Кузнецова О.П. гиг", visit(12400, None, HYGIENE, "Кузнецова О. П.")),
    ("4821 12400 Ольга Кузнецова", visit(12400, doctor="Ольга Кузнецова")),
    ("4821 12400 к Петровой", visit(12400, doctor="Петрова")),
    # recalls
    ("4821 12400 6 мес", visit(12400, recall=HALF_YEAR)),
    ("4821 12400 6 мес.", visit(12400, recall=HALF_YEAR)),
    ("4821 12400 полгода", visit(12400, recall=HALF_YEAR)),
    ("4821 12400 через полгода", visit(12400, recall=HALF_YEAR)),
    ("4821 12400 год", visit(12400, recall=Interval(months=12))),
    ("4821 12400 1 год", visit(12400, recall=Interval(months=12))),
    ("4821 12400 500 год", visit(12400, 500, recall=Interval(months=12))),
    ("4821 12400 1y", visit(12400, recall=Interval(months=12))),
    ("4821 12400 7д", visit(12400, recall=Interval(days=7))),
    ("4821 12400 7 дней", visit(12400, recall=Interval(days=7))),
    ("4821 12400 10d", visit(12400, recall=Interval(days=10))),
    ("4821 12400 2 нед", visit(12400, recall=Interval(days=14))),
    ("4821 12400 контроль через 6 месяцев", visit(12400, recall=HALF_YEAR)),
    # days
    ("4821 12400 вчера", visit(12400, day=date(2026, 11, 20))),
    ("4821 12400 позавчера", visit(12400, day=date(2026, 11, 19))),
    ("4821 12400 yesterday", visit(12400, day=date(2026, 11, 20))),
    ("4821 12400 сегодня", visit(12400, day=TODAY)),
    ("4821 12400 12.11", visit(12400, day=date(2026, 11, 12))),
    ("4821 12400 12.11.2026", visit(12400, day=date(2026, 11, 12))),
    ("4821 12400 12.11.26", visit(12400, day=date(2026, 11, 12))),
    ("4821 12400 21.11", visit(12400, day=TODAY)),
    ("4821 12400 12 ноября", visit(12400, day=date(2026, 11, 12))),
    ("4821 12400 12 ноября 2026 г.", visit(12400, day=date(2026, 11, 12))),
    ("4821 12400 12 nov", visit(12400, day=date(2026, 11, 12))),
    ("4821 12400 nov 12", visit(12400, day=date(2026, 11, 12))),
    ("4821 12400 в пт", visit(12400, day=date(2026, 11, 20))),
    ("4821 31.10 12400", visit(12400, day=date(2026, 10, 31))),
    ("4821 12.11", visit(12.11)),  # no sum but this one
    # several parts
    ("4821 12400 + 5000", parts(part(12400), part(5000))),
    ("4821 12400+5000", parts(part(12400), part(5000))),
    ("4821 12 400 + 5 000", parts(part(12400), part(5000))),
    ("4821 12400 +7 000", parts(part(12400), part(7000))),
    ("4821 12400 плюс 5000", parts(part(12400), part(5000))),
    (
        "4821 12400 гиг Петрова + 60000 имп Иванов 6м макс",
        parts(
            part(12400, HYGIENE, "Петрова"),
            part(60000, IMPLANTS, "Иванов"),
            points=MOST,
            recall=HALF_YEAR,
        ),
    ),
    ("4821 12 400 500 гиг + 5к тер", parts(part(12400, HYGIENE), part(5000, THERAPY), points=500)),
    ("4821 1000 + 12000 2000", parts(part(1000), part(12000), points=2000)),
    # payments without attendance
    ("4821 60 000 предоплата", visit(60000, advance=True)),
    ("4821 60000 deposit", visit(60000, advance=True)),
    # how it was paid changes nothing
    ("4821 12400 картой", visit(12400)),
    ("4821 12400 наличными", visit(12400)),
    # appointments
    ("4821 запись завтра 15:30", booked(date(2026, 11, 22), time(15, 30))),
    ("4821 запись завтра в 15 к Петровой", booked(date(2026, 11, 22), time(15), "Петрова")),
    ("4821 запись 12.12 15.30", booked(date(2026, 12, 12), time(15, 30))),
    ("4821 запись 12.12 15 30", booked(date(2026, 12, 12), time(15, 30))),
    ("4821 запись 10.12 12.11", booked(date(2026, 12, 10), time(12, 11))),
    ("4821 запись 12.12 в 15:30", booked(date(2026, 12, 12), time(15, 30))),
    ("4821 запись 15:30 12.12", booked(date(2026, 12, 12), time(15, 30))),
    ("4821 запись в пт 9:00", booked(date(2026, 11, 27), time(9))),
    ("4821 запись 12 января 10:00", booked(date(2027, 1, 12), time(10))),
    ("4821 запись сегодня 18:00", booked(TODAY, time(18))),
    ("запись 4821 12.12 15:30", booked(date(2026, 12, 12), time(15, 30))),
    ("+7 912 345-67-89 запись 12.12 15:30", booked(date(2026, 12, 12), time(15, 30), who=PHONE)),
    ("4821 appointment 12 dec 3:30 pm", booked(date(2026, 12, 12), time(15, 30))),
    ("4821 book tomorrow 3pm", booked(date(2026, 11, 22), time(15))),
    # the doctor's line
    ("4821 гиг", prefill(category=HYGIENE)),
    ("4821 Петрова", prefill(doctor="Петрова")),
    ("4821 полгода гиг Петрова", prefill(HALF_YEAR, HYGIENE, "Петрова")),
    ("4821 6м Кузнецова", prefill(HALF_YEAR, doctor="Кузнецова")),
]

SEVERAL_READINGS = [
    ("4821 1,500", {visit(1.5), visit(1500)}),
    ("4821 12.400", {visit(12.4), visit(12400)}),
    ("4821 2 400 500", {visit(2400500), visit(2400, 500)}),
    ("4821 500 400", {visit(500400), visit(500, 400)}),
    ("4821 12400, 50", {visit(12400.5), visit(12400, 50)}),
    ("4821 12к400", {visit(12400), visit(12000, 400)}),
    ("4821 2к50", {visit(2500), visit(2050)}),
    ("4821 12 тыс 400", {visit(12400), visit(12000, 400)}),
    ("4821 12400р50", {visit(12400.5), visit(12400, 50)}),
    ("4821 1,500к", {visit(1500), visit(1500000)}),
    ("4821 12400 1,000", {visit(12400, 1), visit(12400, 1000)}),
    ("4821 12400 иван", {visit(12400, doctor="Иванов"), visit(12400, doctor="Иванова Анна")}),
    ("4821 12 к Петровой", {visit(12, doctor="Петрова"), visit(12000, doctor="Петрова")}),
    (
        "4821 60000 2 импланта",
        {visit(60000, category=IMPLANTS), visit(60000, 2, category=IMPLANTS)},
    ),
    ("4821 31.10 20", {visit(31.1, 20), visit(20, day=date(2026, 10, 31))}),
    ("8912 3456789", {JustWho(PHONE), visit(3456789, who=Who(code="8912"))}),
    (
        "4821 300 500 + 12000",
        {parts(part(300500), part(12000)), parts(part(300), part(12000), points=500)},
    ),
    (
        "4821 12400 12 ноября 2026",
        {
            visit(12400, day=date(2026, 11, 12)),
            visit(12400, 2026, day=date(2026, 11, 12)),
        },
    ),
]

REFUSED = [
    ("", refusals.NoPatientError),
    ("/visit", refusals.NoPatientError),
    ("12400 макс", refusals.NoPatientError),
    ("12400 500", refusals.NoPatientError),
    ("12400", refusals.NoPatientError),
    ("99999999 макс", refusals.NoPatientError),
    # meant for a line, and none: never another code, sum or doctor
    ("Петрова 12400", refusals.NameForCodeError),
    ("Петрова 5000", refusals.NameForCodeError),
    ("Петрова 4821", refusals.NameForCodeError),
    ("петрова: 12 400 ₽", refusals.NameForCodeError),
    ("Мария Петрова 5000 макс", refusals.NameForCodeError),
    ("Петрова М. И. 5к гиг", refusals.NameForCodeError),
    ("абвг 12400", refusals.NameForCodeError),
    ("/visit Петрова 5000", refusals.NameForCodeError),
    ("Петрова запись 12.12 15:30", refusals.NameForBookingError),
    ("Мария Петрова записать завтра 15:30 Котова", refusals.NameForBookingError),
    ("4821 запись 12.12 25:30", refusals.NotAnHourError),
    ("О382 5000", refusals.LetterForDigitError),
    ("O382 5000", refusals.LetterForDigitError),
    ("3О82 5000 макс", refusals.LetterForDigitError),
    ("382О 12 400", refusals.LetterForDigitError),
    ("З821 5000 гиг Петрова", refusals.LetterForDigitError),
    ("482l 5000", refusals.LetterForDigitError),
    ("48I2 0", refusals.LetterForDigitError),
    ("4821 l2400", refusals.LetterForDigitError),
    ("4821 12O00", refusals.LetterForDigitError),
    ("4821 5ООО", refusals.LetterForDigitError),
    ("+7 912 345-67-89 5ООО", refusals.LetterForDigitError),
    ("4821 12400 5ОО гиг", refusals.LetterForDigitError),
    ("7382 двенадцать", refusals.NumberInWordsError),
    ("7382 двенадцать тысяч четыреста рублей", refusals.NumberInWordsError),
    ("7382 двенадцать 400", refusals.NumberInWordsError),
    ("7382 пять тысяч макс", refusals.NumberInWordsError),
    ("4821 twelve thousand", refusals.NumberInWordsError),
    ("+7 912 345-67-89 двенадцать", refusals.NumberInWordsError),
    ("4821 12400 двенадцать", refusals.UnknownWordError),
    ("48 80 12400", refusals.NoPatientError),
    ("12400 + 5000", refusals.NoPatientError),
    ("/visit 1500 р", refusals.NoPatientError),
    ("возврат 12400", refusals.RefundError),
    ("+7 912 345 67 8 5000", refusals.PhoneUnreadError),
    ("8 912 345 67 8 5000", refusals.PhoneUnreadError),
    ("912 345 67 8 5000", refusals.PhoneUnreadError),
    ("8912345678 5000", refusals.PhoneUnreadError),
    # a phone takes no digits of what follows: what follows is to blame
    ("+7 912 345-67-89 5000 6000", refusals.PointsOverSumError),
    ("+7 912 345-67-89 5000 99999", refusals.PointsOverSumError),
    ("+7 912 345-67-89 5000 30.02", refusals.NotADayError),
    ("+7 912 345-67-89 5000 600 макс", refusals.TwoPointsError),
    ("8 912 345 67 89 5000 6000", refusals.PointsOverSumError),
    ("8 912 345 6789 5000 6000", refusals.PointsOverSumError),
    ("912 345 67 89 5000 6000", refusals.PointsOverSumError),
    ("+374 91 123456 12400 15000", refusals.PointsOverSumError),
    ("8 912 345-67-89-500-100", refusals.NegativeError),
    ("912 345-67-89-500-100", refusals.NegativeError),
    ("8 912 345-67-89 -5000", refusals.NegativeError),
    ("4821 12,4к5", refusals.SumUnreadError),
    ("макс", refusals.NoPatientError),
    ("4821 12400\n4822 5000", refusals.TwoPatientsError),
    ("4821 12400\n+7 912 345-67-89 5000", refusals.TwoPatientsError),
    ("4821 +7 912 345-67-89", refusals.TwoPatientsError),
    ("4821 12400 89123456789", refusals.TwoPatientsError),
    ("+7 912 345-67 12400", refusals.PhoneUnreadError),
    ("891234567 12400", refusals.PhoneUnreadError),
    ("+7912345678900 12400", refusals.PhoneUnreadError),
    ("4821 макс", refusals.NoSumError),
    ("4821 вчера", refusals.NoSumError),
    ("4821 аванс", refusals.NoSumError),
    ("4821 500 баллов", refusals.NoSumError),
    ("4821 -500", refusals.NegativeError),
    ("4821 - 500", refusals.NegativeError),
    ("4821 −500", refusals.NegativeError),
    ("4821 –12400", refusals.NegativeError),
    ("4821 —12400", refusals.NegativeError),
    ("4821 ˗500", refusals.NegativeError),
    ("4821 ➖500", refusals.NegativeError),
    ("4821 -₽500", refusals.NegativeError),
    ("4821 -(500)", refusals.NegativeError),
    ("4821 12400 -500", refusals.NegativeError),
    ("4821 минус 500", refusals.NegativeError),
    ("4821 12400 + -500", refusals.NegativeError),
    ("4821 10 000 001", refusals.TooLargeError),
    ("4821 99999999", refusals.TooLargeError),
    ("4821 11 млн", refusals.TooLargeError),
    ("4821 6 000 000 + 6 000 000", refusals.TooLargeError),
    ("4821 12,3456", refusals.SumUnreadError),
    ("4821 12400,500", refusals.SumUnreadError),
    ("4821 0500", refusals.SumUnreadError),
    ("4821 00", refusals.SumUnreadError),
    ("4821 1.500,000", refusals.SumUnreadError),
    ("4821 1.500.00", refusals.SumUnreadError),
    ("4821 12400р 500р", refusals.TwoSumsError),
    ("4821 12400 500,50", refusals.TwoSumsError),
    ("4821 12400 + ", refusals.LonePlusError),
    ("4821 + 12400", refusals.LonePlusError),
    ("4821 0 + 5000", refusals.ZeroPartError),
    ("4821 0 аванс", refusals.ZeroPartError),
    ("4821 1к + 2к + 3к + 4к + 5к + 6к + 7к", refusals.TooManyPartsError),
    ("4821 12400 500 300", refusals.TwoPointsError),
    ("4821 12400 500 макс", refusals.TwoPointsError),
    ("4821 12400 макс 500б", refusals.TwoPointsError),
    ("4821 500 12400", refusals.PointsOverSumError),
    ("4821 12400 12401", refusals.PointsOverSumError),
    ("4821 0 500", refusals.PointsOverSumError),
    ("4821 0 макс", refusals.PointsOverSumError),
    ("4821 60000 аванс 500", refusals.AdvancePointsError),
    ("4821 60000 аванс макс", refusals.AdvancePointsError),
    ("4821 12400 гиг имп", refusals.TwoCategoriesError),
    ("4821 12400 детская гигиена", refusals.TwoCategoriesError),
    ("4821 12400 Петрова Иванов", refusals.TwoDoctorsError),
    ("4821 12400 6м 7д", refusals.TwoRecallsError),
    ("4821 12400 90м", refusals.RecallTooFarError),
    ("4821 12400 0 дней", refusals.RecallTooFarError),
    ("4821 12400 вчера 12.11", refusals.TwoDaysError),
    ("4821 запись завтра 15:30 16:30", refusals.TwoDaysError),
    ("4821 12400 31.11", refusals.NotADayError),
    ("4821 12400 29.02.2026", refusals.NotADayError),
    ("4821 12400 завтра", refusals.DayAheadError),
    ("4821 12400 12.12", refusals.DayAheadError),
    ("4821 12400 12.12.2026", refusals.DayAheadError),
    ("4821 12400 12.08", refusals.DayTooOldError),
    ("4821 12400 12.11.2025", refusals.DayTooOldError),
    ("4821 запись вчера 15:30", refusals.AppointmentPastError),
    ("4821 запись 12.11.2026 15:30", refusals.AppointmentPastError),
    ("4821 запись 12.12.2028 15:30", refusals.AppointmentTooFarError),
    ("4821 запись 29.02 15:30", refusals.AppointmentTooFarError),
    ("4821 запись", refusals.AppointmentUnfinishedError),
    ("4821 запись 12.12", refusals.AppointmentUnfinishedError),
    ("4821 запись 15:30", refusals.AppointmentUnfinishedError),
    ("4821 запись 12.12 15:30 гиг", refusals.NotInAppointmentError),
    ("4821 запись 12.12 15:30 12400", refusals.NotInAppointmentError),
    ("4821 12400 запись 12.12 15:30", refusals.NotInAppointmentError),
    ("4821 12.12 15:30", refusals.TimeAloneError),
    ("4821 возврат 5000", refusals.RefundError),
    ("4821 5000 отмена", refusals.RefundError),
    ("4821 12400 10%", refusals.UnknownWordError),
    ("4821 12400 $", refusals.UnknownWordError),
    ("4821 12400 гигена", refusals.UnknownWordError),
    ("4821 12400 маск", refusals.UnknownWordError),
    ("4821 12400 скидка 500", refusals.UnknownWordError),
    ("4821 12400 фф", refusals.UnknownWordError),
    ("4821 12½", refusals.UnknownWordError),
    ("4821 12²", refusals.UnknownWordError),
    ("4821 12/11", refusals.UnknownWordError),
    ("4821 гиг2", refusals.UnknownWordError),
    ("4821 12400 спасибо", refusals.UnknownWordError),
    ("4821 привет", refusals.UnknownWordError),
    ("4821 1\u03362400", refusals.UnknownWordError),
    ("4821 " + "1,500 + " * 5 + "1,500", refusals.UnclearError),
    ("4821 12400 " + "а" * 300, refusals.LineTooLongError),
    ("4821 " + "1 " * 80, refusals.LineTooLongError),
]


@pytest.mark.parametrize(("line", "reading"), ONE_READING)
def test_a_line_is_read(line, reading):
    assert read(line, TODAY, DOCTORS) == (reading,)


@pytest.mark.parametrize(("line", "readings"), SEVERAL_READINGS)
def test_a_line_that_may_mean_several_things_says_so(line, readings):
    found = read(line, TODAY, DOCTORS)
    assert len(found) == len(set(found))
    assert set(found) == readings


@pytest.mark.parametrize(("line", "refusal"), REFUSED)
def test_a_line_that_means_nothing_is_refused_with_its_reason(line, refusal):
    with pytest.raises(refusal) as refused:
        read(line, TODAY, DOCTORS)
    assert type(refused.value) is refusal


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("line", "refusal"), REFUSED)
def test_every_reason_has_a_sentence(line, refusal, language):
    with pytest.raises(refusal) as refused:
        read(line, TODAY, DOCTORS)
    assert texts_in(language)(refused.value.text, **refused.value.arguments)


def test_an_unknown_word_is_named_and_cut():
    with pytest.raises(refusals.UnknownWordError) as refused:
        read(f"4821 12400 гиг{'8' * 50}", TODAY, DOCTORS)
    assert refused.value.arguments == {"word": f"гиг{'8' * 27}"}


@pytest.mark.parametrize(("line", "reading"), ONE_READING)
def test_what_is_written_is_read_again(line, reading):
    assert read(write(reading), TODAY, DOCTORS) == (reading,)


def test_a_doctor_with_a_word_of_the_desk_for_a_name_is_asked_about():
    assert set(read("4821 12400 Май", TODAY, ("Май", "Гиг"))) == {visit(12400, doctor="Май")}
    assert set(read("4821 12400 гиг", TODAY, ("Гиг",))) == {
        visit(12400, category=HYGIENE),
        visit(12400, doctor="Гиг"),
    }


FOR_THE_BOT = [
    *("4821", "4821 12400", "4821 12400 макс", "4821 макс", "4821 гиг", "4821 6м гиг Петрова"),
    *("+7 912 345-67-89", "+7 912 345-67-89 12400", "89123456789 макс", "4821 -500", "4821 - 500"),
    *("4821 запись 12.12 15:30 Петрова", "4821 Петрова 12400", "/visit", "/visit@MolarBot x"),
    *("визит 4821 1200", "макс 4821 12400", "Петрова 4821 12400", "4821 +500", "4821, 12400"),
    *("4821 ₽12400", "4821 12400 непонятно что", "4821 аванс 60000", "4821 полгода Петрова"),
    *("12400", "12400 макс", "99999999 макс", "Петрова 12400", "48 80 12400", "12 400 гиг"),
    *("500 макс", "гиг 500", "12,4к", "12400 + 5000", "12400 +7 912 345-67-89", "12400 4821"),
    *("+7 912 345 67 8 5000", "8 912 345 67 8 5000", "891234567 12400", "возврат 12400"),
    *("🦷 4821 12400", "４８２１ １２４００", "4821 вчера 12400", "4821 возврат 5000"),
    # meant for a line, and none
    *("7382 двенадцать", "7382 двенадцать тысяч", "О382 5000", "O382 5000", "382О 12 400 макс"),
    *("З821 5000 гиг Петрова", "482l 5000", "4821 l2400", "абвг 12400", "Петрова 5000"),
    *("петрова 5000", "Петрова: 5000", "Петрова, 12 400 ₽", "Мария Петрова 5000", "Petrova 5000"),
    *("Петрова 5000 макс", "Петрова 5к гиг", "Петрова 4821", "+7 912 345-67-89 двенадцать"),
]
TALK = [
    *("2024 год был трудным", "2024 год прошёл", "1200 пациентов", "1200 пациентов за 2024 год"),
    *("1500 р на такси", "2000 руб сдача", "2000₽", "1500р", "привет", "", "  "),
    *("Петрова запись перенесла на 15:30", "Запись завтра с 15:30", "Петрова запись 3 раза меняла"),
    *("Петрова сегодня с 9", "Марии звонили, +7 912 345-67-89", "500 баллов это сколько?"),
    *("+7 912 345-67-89 просила перезвонить", "запись 4821", "макс 4821", "в 1530 придёт Иванов"),
    *("в 15 приду", "2024 год был хороший", "10000 р на такси", "нал 54000 безнал 120000"),
    *("12400?", "за 15000", "5 имплантов", "31.12.2026 Иванов", "Мария +7 912 345-67-89", "100"),
    *("+7 912 345 67 8 просила перезвонить", "в 12 400 человек", "500 баллов", "12.11", "15 30"),
    *("буду к 12", "Петрова перенесла на 15", "купили 2 пачки", "12 человек завтра"),
    *("Оля, закажи 300 перчаток", "Оля закажи 300", "купили 300", "Заказала 5000", "касса 54000"),
    *("Касса 54000", "маски 300", "Всего 54000", "Сдали 54000", "Осталось 12 400"),
    *("Кабинет 101", "Буду 1830", "такси 500", "Петрова 15:30", "Петрова в 1530", "Петрова 15.30"),
    *("Петрова 12.11", "Петрова 15", "Петрова 5000?", "Петрова 5000 и всё"),
    *("гель 500", "бумага 900", "Лена 500"),
    *("Петрова придёт 1530", "Петрова -500", "1530 три человека", "2024 два новых", "О382"),
    *("в 15О2 5000", "масло 5w30 500", "минус 500", "осталось 1000"),
    *("Петрова 12 человек", "Оля, 300 перчаток", "доплатить 5000", "1530 это кто?", "😀"),
    *("Коллеги, завтра 4821 12400 не работает", "4821 12400 " + "а" * 300),
]


@pytest.mark.parametrize("text", FOR_THE_BOT)
def test_a_line_is_heard_in_the_staff_chat(text):
    assert looks_like_a_line(text)


@pytest.mark.parametrize("text", TALK)
def test_talk_is_left_alone(text):
    assert not looks_like_a_line(text)


@pytest.mark.parametrize(("line", "reading"), ONE_READING)
def test_whatever_begins_with_who_and_a_number_is_heard(line, reading):
    if line[:5].strip() == "4821" and line[5:6].isdigit():
        assert looks_like_a_line(line)
