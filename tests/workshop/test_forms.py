"""What a simulated phone understands of a page: any HTML that keeps the contract."""

from __future__ import annotations

from workshop.simulate.forms import read_page

JOIN = """<!doctype html><html lang="de"><body><header><a href="/language/en">English</a></header>
<main><h1>Gruppe?</h1><form method="get" action="/x"><button name="g" value="1">nie</button></form>
<form method="post" action="join"><input type="hidden" name="key" value="s&amp;t">
<button name="segment" value="science">Wissenschaft</button>
<button name="segment" value="none">keine Angabe</button></form></main></body></html>"""

PER_STATEMENT = """<html lang="de"><main data-state="open"><h1>Frage</h1>
<section><h2 id="a">Mehr Bäume</h2><form method="post" action="/a"><input type="hidden"
 name="statement" value="s1"><button name="value" value="1">1</button><button name="value"
 value="2">2</button><button name="value" value="3">3</button>
 <button name="value" value="0">keine Antwort: Mehr Bäume</button></form></section>
<section><h2>Weniger Lärm</h2><p>Runde 1: 2</p><form method="post" action="/a"><input type="hidden"
 name="statement" value="s2"><button name="value" value="1">1</button><button name="value"
 value="2">2</button><button name="value" value="3">3</button></form></section>
<form method="post" action="/erase"><button name="sure" value="yes">Alles löschen</button></form>
</main></html>"""

TOGETHER = """<html lang="en"><form method="post"><fieldset><legend>More trees</legend>
<label><input type="radio" name="s1" value="1"> no</label>
<label><input type="radio" name="s1" value="2" checked> yes</label></fieldset>
<fieldset><legend>Less noise</legend><label><input type="radio" name="s2" value="1"> no</label>
<label><input type="radio" name="s2" value="2"> yes</label>
<label><input type="radio" name="s2" value="none"> no answer</label></fieldset>
<button name="save" value="1">Save</button></form></html>"""

COLLECT = """<html lang="de"><form method="post" action="/c"><textarea name="text">ein
Entwurf</textarea><input type="radio" name="aspect" value="goal" checked><input type="radio"
 name="aspect" value="interest"><input name="locked" value="x" disabled><button>Senden</button>
</form><script>var a = "<form method=post>";</script></html>"""

CHOOSE = """<html lang="de"><main><h1 id="top">Frage</h1><form method="post" data-most="2">
<input type="hidden" name="round" value="r"><div role="group" aria-labelledby="top">
<label><input type="checkbox" name="v-a" value="1" aria-labelledby="t-a" checked>
<b id="t-a">Mehr <i>Bäume</i></b> 40 %</label><label><input type="checkbox" name="v-b" value="1"
 aria-labelledby="t-b"><b id="t-b">Weniger<br>Lärm</b></label></div><button>Senden</button>
<button name="none" value="1">keine Antwort</button></form></main></html>"""

ONE = """<form method="post"><input type="radio" name="choice" value="a"><input type="radio"
 name="choice" value="b"><button name="none" value="1">keine Antwort</button></form>"""

RANK = """<form method="post"><select name="v-a"><option value="">–</option><option value="1">1
</option><option value="2" selected>2</option></select><select name="v-b"><option value="">–
</option><option value="1">1</option></select><button>Senden</button></form>"""

POINTS = """<form method="post" data-most="10"><input type="number" name="v-a" value="3"><input
 type="number" name="v-b"><button>Senden</button></form>"""

WORDS = """<h1>Woran denken Sie?</h1><form method="post" data-most="3"><input type="hidden"
 name="round" value="r"><input type="text" name="text" value=""><button>Senden</button></form>"""

MATRIX = """<h2 id="t">Mehr Bäume</h2><h3 id="x">Nutzen</h3><form method="post"><input type="hidden"
 name="axis" value="1"><div role="group" aria-labelledby="t x"><button name="value" value="1">1
</button><button name="value" value="2">2</button></div></form><h3 id="y">Kosten</h3><form
 method="post"><input type="hidden" name="axis" value="2"><div role="group" aria-labelledby="t y">
<button name="value" value="1">1</button><button name="value" value="2">2</button></div>
<button name="value" value="0">keine Antwort</button></form>"""


def test_groups_are_the_named_buttons_of_the_first_post_form() -> None:
    page = read_page(JOIN, "http://host/j/1/x")
    assert page.lang == "de"
    assert [(b.name, b.value) for b in page.groups] == [
        ("segment", "science"),
        ("segment", "none"),
    ]
    assert page.task is not None
    assert page.task.action == "http://host/j/1/join"
    assert page.task.filled() == {"key": "s&t"}
    assert not page.items
    assert not page.collects


def test_a_form_per_statement_is_an_item_and_deleting_is_none() -> None:
    page = read_page(PER_STATEMENT, "http://host/j/1")
    assert page.state == "open"
    assert [i.subject for i in page.items] == ["Mehr Bäume", "Weniger Lärm"]
    assert [i.steps for i in page.items] == [("1", "2", "3")] * 2
    assert [i.abstain for i in page.items] == ["0", None]
    assert page.items[0].mentions("s1", "")
    assert not page.items[0].mentions("s2", "")
    assert len({i.key for i in page.items}) == 2
    assert not page.groups


def test_radios_in_one_form_are_an_item_each() -> None:
    page = read_page(TOGETHER, "http://host/j/1")
    assert [i.subject for i in page.items] == ["More trees", "Less noise"]
    assert [i.abstain for i in page.items] == [None, "none"]
    assert page.items[0].form.action == "http://host/j/1"
    assert page.items[0].form.filled() == {"s1": "2"}
    assert page.items[1].mentions("unknown", "Less  noise")


def test_collecting_keeps_the_draft_and_leaves_out_what_is_disabled() -> None:
    page = read_page(COLLECT, "http://host/j/1")
    assert page.collects
    assert not page.items
    assert len(page.forms) == 1
    assert page.forms[0].filled() == {"text": "ein\nEntwurf", "aspect": "goal"}


def test_options_are_answered_together_and_named_by_what_labels_them() -> None:
    sheet = read_page(CHOOSE, "http://host/j/1").sheet
    assert sheet is not None
    assert (sheet.kind, sheet.most) == ("choose", 2)
    assert sheet.labels == ("Mehr Bäume", "Weniger Lärm")
    assert sheet.fields([0, 1]) == {"round": "r", "v-b": "1"}  # what was ticked before is gone
    assert sheet.fields(None) == {"round": "r", "none": "1"}


def test_one_of_many_an_order_and_points_are_sheets_as_well() -> None:
    one, rank, points = (read_page(html, "http://host/").sheet for html in (ONE, RANK, POINTS))
    assert one is not None and rank is not None and points is not None
    assert (one.kind, one.names, one.most) == ("choose", ("a", "b"), 1)
    assert one.fields([0, 1]) == {"choice": "b"}
    assert (rank.kind, rank.form.filled()) == ("rank", {"v-a": "2", "v-b": ""})
    assert rank.fields([2, 1]) == {"v-a": "2", "v-b": "1"}
    assert (points.kind, points.most) == ("allocate", 10)
    assert points.fields([10, 0]) == {"v-a": "10"}
    assert all(not read_page(html, "http://host/").items for html in (ONE, RANK, POINTS))


def test_a_field_for_a_few_words_is_not_one_for_a_text() -> None:
    page = read_page(WORDS, "http://host/j/1")
    assert page.asks_words and not page.collects and not page.groups
    assert page.task is not None and page.task.most == 3
    assert not read_page(COLLECT, "http://host/j/1").asks_words


def test_each_axis_of_a_matrix_is_an_item_of_its_own() -> None:
    items = read_page(MATRIX, "http://host/j/1").items
    assert [i.subject for i in items] == ["Mehr Bäume Nutzen", "Mehr Bäume Kosten"]
    assert [i.abstain for i in items] == [None, "0"]


def test_anything_at_all_is_a_page() -> None:
    for html in ("", "<form", "</form></textarea><button name=x>", "<textarea><input type=radio"):
        page = read_page(html, "http://host/")
        assert page.items == []
        assert page.groups == []
