"""Every kind of question on a phone without JavaScript, and the contract of its HTML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.asking import OPTIONS
from tests.pages.phones import Page, Phone, Room, room
from workshop.model import OPERATOR, QuestionKind, Round

JSON = {"accept": "application/json"}
HOMES, BIKES, PLACES, GREEN = OPTIONS


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Room]:
    with room(tmp_path) as made:
        yield made


def joined(here: Room) -> Phone:
    phone = here.phone()
    phone.join()
    return phone


def crowd(here: Room, round_: Round, people: int, **values: str) -> None:
    """So many others join and answer the same; `values` by `o` and the number of the option."""
    for _ in range(people):
        token, _ = here.service.join(here.workshop, None, "other").result()
        options = {round_.statement_ids[int(name[1:])]: value for name, value in values.items()}
        here.service.answer_whole(here.workshop, token, round_.id, options).result()


def status(page: Page) -> str:
    """The line at the bottom."""
    return " ".join(page.soup.select_one("#status p").get_text(" ").split())  # type: ignore[union-attr]


def reveal(here: Room, round_: Round) -> None:
    here.service.reveal_round(OPERATOR, here.workshop, round_.question_id)


def test_one_of_several_options(here: Room) -> None:
    phone = joined(here)
    round_, options = here.asked(QuestionKind.CHOOSE, most=1)
    page = phone.open()
    form = page.forms()[0]
    radios = form.find_all("input", attrs={"type": "radio", "name": "choice"})
    assert [r["value"] for r in radios] == list(options)
    assert status(page) == "Noch nicht beantwortet"
    assert "Bitte wählen Sie etwas aus" in phone.press(form).text
    page = phone.press(form, choice=options[1])
    assert (page.state, status(page)) == ("saved", "Gespeichert")
    assert [i["value"] for i in page.soup.select("input[checked]")] == [options[1]]
    page = phone.press(page.forms()[0], "none", "1")
    assert (page.state, status(page)) == ("saved", "Gespeichert: keine Antwort")
    assert not page.soup.select("input[checked]")
    crowd(here, round_, 5, o1="1")
    reveal(here, round_)
    assert "5 Antworten · keine Antwort: 1" in phone.open().text


def test_several_of_several_options(here: Room) -> None:
    phone = joined(here)
    round_, options = here.asked(QuestionKind.CHOOSE, most=2)
    form = phone.open().forms()[0]
    names = [f"v-{option}" for option in options]
    assert [i["name"] for i in form.find_all("input", attrs={"type": "checkbox"})] == names
    page = phone.press(form, **dict.fromkeys(names[:3], "1"))
    assert "Das sind zu viele." in page.text and page.state == "open"
    assert len(page.soup.select("input[checked]")) == 3  # nothing is lost
    page = phone.press(form, **dict.fromkeys(names[1:3], "1"))
    assert status(page) == "Gespeichert noch 0 von 2 frei"
    crowd(here, round_, 4, o1="1")
    reveal(here, round_)
    shown = phone.open()
    assert [h.get_text() for h in shown.soup.select(".ranked h2")] == [BIKES, PLACES, HOMES, GREEN]
    assert "100 % · 5 von 5 Ihre Wahl" in shown.text and "20 % · 1 von 5 Ihre Wahl" in shown.text
    here.again(round_.question_id)
    second = phone.open()
    assert "in Kenntnis des Ergebnisses von Runde 1" in second.text
    before = second.soup.select(".option.before [id^=t-]")
    assert [b.get_text() for b in before] == [BIKES, PLACES]


def test_an_order(here: Room) -> None:
    phone = joined(here)
    round_, options = here.asked(QuestionKind.RANK)
    form = phone.open().forms()[0]
    selects = form.find_all("select")
    assert [s["name"] for s in selects] == [f"v-{option}" for option in options]
    assert [o["value"] for o in selects[0].find_all("option")] == ["", "1", "2", "3", "4"]
    flawed = dict(zip((s["name"] for s in selects), "1124", strict=True))
    page = phone.press(form, **flawed)
    assert "jeden Platz nur einmal" in page.text and page.state == "open"
    assert [o["value"] for o in page.soup.select("option[selected]")] == list("1124")
    assert "jeden Platz nur einmal" in phone.press(form).text
    page = phone.press(form, **{**flawed, selects[1]["name"]: "3"})
    assert (page.state, status(page)) == ("saved", "Gespeichert")
    placed = [s.get_text() for s in page.soup.select(".option .pick .what")]
    assert placed == [HOMES, PLACES, BIKES, GREEN]
    crowd(here, round_, 4, o0="2", o1="1", o2="3", o3="4")
    here.service.close_round(OPERATOR, here.workshop, round_.question_id)
    assert f"{PLACES} Platz 2" in phone.open().text
    reveal(here, round_)
    shown = phone.open()
    assert [h.get_text() for h in shown.soup.select(".ranked h2")] == [BIKES, HOMES, PLACES, GREEN]
    assert "im Mittel Platz 1,4 Sie: Platz 3" in shown.text
    here.again(round_.question_id)
    assert "im Mittel Platz 1,4 Sie: Platz 3" in phone.open().text


def test_points(here: Room) -> None:
    phone = joined(here)
    round_, options = here.asked(QuestionKind.ALLOCATE, most=10)
    page = phone.open()
    form = page.forms()[0]
    numbers = form.find_all("input", attrs={"type": "number"})
    assert [n["name"] for n in numbers] == [f"v-{option}" for option in options]
    assert form["data-most"] == "10" and status(page) == "noch 10 Punkte"
    names = [str(n["name"]) for n in numbers]
    cases = [
        ("7", "2", "", "Es sind noch Punkte übrig.", "noch 1 Punkt"),
        ("7", "2", "3", "Das sind zu viele Punkte.", "2 Punkte zu viel"),
        ("7", "x", "3", "Bitte geben Sie nur ganze Zahlen ein.", "noch 0 Punkte"),
    ]
    for one, two, three, sentence, line in cases:
        page = phone.press(form, **dict(zip(names, (one, two, three), strict=False)))
        assert sentence in page.text and page.state == "open"
        assert status(page) == line
        assert page.soup.find("input", attrs={"name": names[0]})["value"] == "7"
    page = phone.press(form, **dict(zip(names, ("7", "0", "3"), strict=False)))
    assert (page.state, status(page)) == ("saved", "Gespeichert")
    crowd(here, round_, 4, o0="5", o1="5")
    reveal(here, round_)
    shown = phone.open()
    assert (
        "im Mittel 5,4 Sie: 7 Punkte" in shown.text and "im Mittel 0,6 Sie: 3 Punkte" in shown.text
    )


def test_two_axes(here: Room) -> None:
    phone = joined(here)
    round_, options = here.asked(QuestionKind.MATRIX)
    page = phone.open()
    forms = page.forms()
    assert len(forms) == 2 * len(options)
    assert [f.find("input", attrs={"name": "axis"})["value"] for f in forms[:2]] == ["1", "2"]
    titles = [h.get_text() for h in page.soup.select(".item h3")][:2]
    assert titles == ["Nutzen für die Bürgerinnen und Bürger", "Machbarkeit"]
    page = phone.press(forms[0], "value", "4")
    assert page.state == "open" and "Gespeichert eine fehlt noch" in page.text
    page = phone.press(forms[1], "value", "2")
    assert "1 von 4 gespeichert" in page.text
    for form in forms[3::2]:
        page = phone.press(form, "value", "0")
    assert page.state == "saved"
    own = "Nutzen für die Bürgerinnen und Bürger: 4, großer Nutzen; Machbarkeit: 2, schwer machbar"
    for _ in range(5):
        token, _ = here.service.join(here.workshop, None, "other").result()
        for axis, value in ((1, "5"), (2, "1")):
            here.service.answer(
                here.workshop, token, round_.id, options[0], value, axis=axis
            ).result()
    reveal(here, round_)
    shown = phone.open()
    first = "in der Mitte: sehr großer Nutzen Ihre Antwort: 4, großer Nutzen"
    second = "in der Mitte: gar nicht machbar Ihre Antwort: 2, schwer machbar"
    assert f"6 Antworten · {first}" in shown.text and f"6 Antworten · {second}" in shown.text
    assert shown.text.count("Ihre Antwort: keine Antwort") == 3
    assert own in phone.open(f"/j/{here.code}/me").text
    here.again(round_.question_id)
    again = phone.open().soup.select(f"#s-{options[0]} .before")
    assert [b["value"] for b in again] == ["4", "2"]


def test_words(here: Room) -> None:
    phone = joined(here)
    round_, _ = here.asked(QuestionKind.WORDS, most=2)
    page = phone.open()
    assert not page.soup.find("textarea") and "noch 2 von 2 frei" in page.text
    page = phone.press(page.forms()[0], text="x" * 41)
    assert "41 Zeichen sind zu viele: Bitte kürzen Sie Ihren Text auf 40." in page.text
    assert page.soup.find("input", attrs={"name": "text"})["value"] == "x" * 41
    page = phone.press(page.forms()[0], text=" Grüne  Stadt")
    assert "Gespeichert." in page.text and "noch 1 von 2 frei" in page.text
    assert "Das haben Sie schon gesendet" in phone.press(page.forms()[0], text="grüne stadt").text
    last = phone.open().forms()[0]
    page = phone.press(last, text="Offen")
    assert "Alles gespeichert. Vielen Dank!" in page.text
    assert page.soup.find("input", attrs={"name": "text"}).has_attr("disabled")
    assert "Mehr Wörter sind je Person nicht möglich." in phone.press(last, text="Mutig").text
    for text in ("GRÜNE STADT", "Grüne Stadt", "Kultur"):
        token, _ = here.service.join(here.workshop, None, "other").result()
        here.service.contribute(here.workshop, token, round_.id, None, text).result()
    assert "Kultur" not in phone.open().text
    reveal(here, round_)
    found = [" ".join(li.get_text(" ").split()) for li in phone.open().soup.select(".cloud li")]
    assert found == ["Grüne Stadt 3 , 3 Personen, Ihr Wort", "Kultur", "Offen , Ihr Wort"]


def test_my_details_list_every_kind(here: Room) -> None:
    phone = joined(here)
    given = {
        QuestionKind.CHOOSE: ({"v-{1}": "1"}, f"{BIKES} ausgewählt"),
        QuestionKind.RANK: ({"v-{0}": "2", "v-{1}": "1", "v-{2}": "3", "v-{3}": "4"}, "Platz 4"),
        QuestionKind.ALLOCATE: ({"v-{2}": "100"}, f"{PLACES} 100 Punkte"),
        QuestionKind.WORDS: ({"text": "Mutig"}, "Mutig"),
    }
    for kind, (fields, _) in given.items():
        _, options = here.asked(kind)
        filled = {name.format(*options): value for name, value in fields.items()}
        phone.press(phone.open().forms()[0], **filled)
    here.asked(QuestionKind.CHOOSE)
    phone.press(phone.open().forms()[0], "none", "1")
    me = phone.open(f"/j/{here.code}/me").text
    for _, said in given.values():
        assert said in me
    assert "Ihre Antwort keine Antwort" in me
    assert me.index(f"{BIKES} Platz 1") < me.index(f"{HOMES} Platz 2")


def test_below_five_answers_nothing_is_shown(here: Room) -> None:
    phone = joined(here)
    for kind, values in (
        (QuestionKind.CHOOSE, {"o1": "1"}),
        (QuestionKind.RANK, {"o0": "1", "o1": "2", "o2": "3", "o3": "4"}),
        (QuestionKind.ALLOCATE, {"o0": "100"}),
    ):
        round_, _ = here.asked(kind)
        crowd(here, round_, 4, **values)
        reveal(here, round_)
        page = phone.open()
        assert "Zu wenige Antworten, um etwas zu zeigen." in page.text
        assert "im Mittel" not in page.text and "%" not in page.text
        assert not page.soup.select(".ranked .share")


def test_nothing_of_a_whole_result_leaves_before_the_reveal_nor_before_ones_own_answer(
    here: Room,
) -> None:
    phone, late = joined(here), joined(here)
    round_, options = here.asked(QuestionKind.CHOOSE, most=1)
    before = phone.open().response.text
    crowd(here, round_, 7, o2="1")
    assert phone.open().response.text == before
    phone.press(phone.open().forms()[0], choice=options[0])
    here.service.close_round(OPERATOR, here.workshop, round_.question_id)
    assert "%" not in phone.open().text
    reveal(here, round_)
    assert "88 % · 7 von 8" in phone.open().text
    here.again(round_.question_id)
    assert "88 % · 7 von 8" in phone.open().text
    assert "%" not in late.open().text
    answered = late.press(late.open().forms()[0], choice=options[0])
    assert "88 % · 7 von 8" in answered.text


def test_a_sheet_that_does_not_fit_is_refused_with_a_sentence(here: Room) -> None:
    phone = joined(here)
    round_, options = here.asked(QuestionKind.CHOOSE, most=1)
    url = f"/j/{here.code}/sheet"
    cases = [
        ({"round": "nope", "choice": options[0]}, 409, "closed"),
        ({"round": round_.id, "choice": "nope"}, 404, "no-statement"),
        ({"round": round_.id}, 422, "nothing-chosen-yet"),
        ({"round": round_.id, f"v-{options[0]}": "7"}, 422, "bad-value"),
    ]
    for data, code, state in cases:
        reply = phone.client.post(url, data=data, headers=JSON)
        assert (reply.status_code, reply.json()["state"]) == (code, state)
        assert phone.client.post(url, data=data).status_code == 303
    answer = {"round": round_.id, "statement": options[0], "value": "1"}
    reply = phone.client.post(f"/j/{here.code}/answer", data=answer, headers=JSON)
    assert reply.json()["state"] == "wrong-kind"
    headers = {"sec-fetch-site": "cross-site"}
    assert phone.client.post(url, headers=headers).status_code == 403
    assert here.phone().client.post(url, data={"round": round_.id}, headers=JSON).status_code == 403
    assert here.service.room(OPERATOR, here.workshop, round_.id).answered == 0


def test_options_are_text(here: Room) -> None:
    phone = joined(here)
    hostile = '"><img src=x onerror=alert(1)> {{ 7*7 }} & <b>fett</b>'
    for kind in (QuestionKind.CHOOSE, QuestionKind.RANK, QuestionKind.ALLOCATE):
        round_, _ = here.asked(kind, options=(hostile, GREEN))
        page = phone.open()
        assert hostile in page.text and not page.soup.select("img, .options b")
        back = phone.open(f"/j/{here.code}?v-{round_.statement_ids[0]}=%22%3E%3Cimg%3E")
        assert not back.soup.select("img")
