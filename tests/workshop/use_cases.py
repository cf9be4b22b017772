"""Every use case that asks who is asking, by the right that it needs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.rooms import Prepared
from workshop.model import Actor, QuestionKind, Role, StageView, Strand

UseCase = Callable[[Prepared, Actor], Any]
MODERATING: dict[str, UseCase] = {
    "add_statement": lambda p, a: p.service.add_statement(a, p.id, p.rate.id, "x"),
    "promote": lambda p, a: p.service.promote(a, p.id, p.statements[0]),
    "edit_statement": lambda p, a: p.service.edit_statement(a, p.id, p.statements[0], "x"),
    "hide_statement": lambda p, a: p.service.hide_statement(a, p.id, p.statements[0]),
    "open_round": lambda p, a: p.service.open_round(a, p.id, p.rate.id),
    "close_round": lambda p, a: p.service.close_round(a, p.id, p.rate.id),
    "reveal_round": lambda p, a: p.service.reveal_round(a, p.id, p.rate.id),
    "show": lambda p, a: p.service.show(a, p.id, StageView.LOBBY),
    "next": lambda p, a: p.service.next(a, p.id),
    "back": lambda p, a: p.service.back(a, p.id),
    "show_qr": lambda p, a: p.service.show_qr(a, p.id, False),
    "lock_door": lambda p, a: p.service.lock_door(a, p.id, True),
    "set_invited": lambda p, a: p.service.set_invited(a, p.id, 30),
    "end_workshop": lambda p, a: p.service.end_workshop(a, p.id),
    "undo": lambda p, a: p.service.undo(a, p.id),
    "can_undo": lambda p, a: p.service.can_undo(a, p.id),
    "record": lambda p, a: p.service.record(a, p.id),
    "bounds": lambda p, a: p.service.bounds(a, p.id, p.rate.cluster_id, 1, 2),
    "by_segment": lambda p, a: p.service.by_segment(a, p.id),
    "votes": lambda p, a: p.service.votes(a, p.id, p.rate.id),
    "start_timer": lambda p, a: p.service.start_timer(a, p.id, 5),
    "stop_timer": lambda p, a: p.service.stop_timer(a, p.id),
    "more_time": lambda p, a: p.service.more_time(a, p.id),
    "black_stage": lambda p, a: p.service.black_stage(a, p.id, True),
    "freeze_stage": lambda p, a: p.service.freeze_stage(a, p.id, True),
    "turn_result": lambda p, a: p.service.turn_result(a, p.id),
    "notes": lambda p, a: p.service.notes(a, p.id),
    "take_note": lambda p, a: p.service.take_note(a, p.id, p.rate.id, "x"),
    "proxies": lambda p, a: p.service.proxies(a, p.id),
    "add_proxy": lambda p, a: p.service.add_proxy(a, p.id, "science"),
    "stand_in": lambda p, a: p.service.stand_in(a, p.id, "x"),
    "stands_in": lambda p, a: p.service.stands_in(a, p.id, "x", 1),
    "remove_proxy": lambda p, a: p.service.remove_proxy(a, p.id, "x"),
    "set_moderated": lambda p, a: p.service.set_moderated(a, p.id, True),
    "let_pass": lambda p, a: p.service.let_pass(a, p.id, "x"),
    "let_all_pass": lambda p, a: p.service.let_all_pass(a, p.id, p.collect.id),
    "merge": lambda p, a: p.service.merge(a, p.id, ["x"], "y"),
    "split": lambda p, a: p.service.split(a, p.id, "x"),
    "pin": lambda p, a: p.service.pin(a, p.id, "x"),
    "add_theme": lambda p, a: p.service.add_theme(a, p.id, p.collect.id, "x"),
    "rename_theme": lambda p, a: p.service.rename_theme(a, p.id, "x", "y"),
    "remove_theme": lambda p, a: p.service.remove_theme(a, p.id, "x"),
    "put_under": lambda p, a: p.service.put_under(a, p.id, "x", None),
    "log": lambda p, a: p.service.log(a, p.id),
    "begin_rehearsal": lambda p, a: p.service.begin_rehearsal(a, p.id),
    "end_rehearsal": lambda p, a: p.service.end_rehearsal(a, p.id),
    "used": lambda p, a: p.service.used(a, p.id),
    "chosen_groups": lambda p, a: p.service.chosen_groups(a, p.id),
    "set_title": lambda p, a: p.service.set_title(a, p.id, {"de": "x"}),
    "set_guiding_idea": lambda p, a: p.service.set_guiding_idea(a, p.id, {"de": "x"}),
    "set_segments": lambda p, a: p.service.set_segments(a, p.id, ["science", "other"]),
    "add_cluster": lambda p, a: p.service.add_cluster(a, p.id, {"de": "x"}),
    "edit_cluster": lambda p, a: p.service.edit_cluster(
        a, p.id, p.rate.cluster_id, name={"de": "x"}
    ),
    "move_cluster": lambda p, a: p.service.move_cluster(a, p.id, p.rate.cluster_id, 1),
    "remove_cluster": lambda p, a: p.service.remove_cluster(a, p.id, p.other_rate.cluster_id),
    "add_question": lambda p, a: p.service.add_question(
        a, p.id, p.rate.cluster_id, QuestionKind.COLLECT, {"de": "x"}
    ),
    "edit_question": lambda p, a: p.service.edit_question(a, p.id, p.rate.id, text={"de": "x"}),
    "move_question": lambda p, a: p.service.move_question(a, p.id, p.rate.id, 1),
    "put_question": lambda p, a: p.service.put_question(
        a, p.id, p.rate.id, p.other_rate.cluster_id
    ),
    "duplicate_question": lambda p, a: p.service.duplicate_question(a, p.id, p.rate.id),
    "remove_question": lambda p, a: p.service.remove_question(a, p.id, p.other_rate.id),
    "move_statement": lambda p, a: p.service.move_statement(a, p.id, p.statements[0], 1),
    "adopt": lambda p, a: p.service.adopt(a, p.id, "x"),
    "provenance": lambda p, a: p.service.provenance(a, p.id),
    "template_file": lambda p, a: p.service.template_file(a, p.id),
    "preview": lambda p, a: p.service.results(a, p.id, preview=True),
    "grant_link": lambda p, a: p.service.grant_link(a, Role.STAGE, p.id),
}
SHOWING: dict[str, UseCase] = {
    "agenda": lambda p, a: p.service.agenda(a, p.id),
    "room": lambda p, a: p.service.room(a, p.id),
    "contributions": lambda p, a: p.service.contributions(a, p.id, p.collect.id),
    "said": lambda p, a: p.service.said(a, p.id, p.collect.id),
    "themes": lambda p, a: p.service.themes(a, p.id, p.collect.id),
    "results": lambda p, a: p.service.results(a, p.id),
    "analysis": lambda p, a: p.service.analysis(a, p.id),
}
EVERYWHERE: dict[str, UseCase] = {
    "create_workshop": lambda p, a: p.service.create_workshop(a, "smart-kassel-council"),
    "continue_workshop": lambda p, a: p.service.continue_workshop(a, p.id, Strand.CITIZENS),
    "import_polis": lambda p, a: p.service.import_polis(
        a, Path("nowhere"), p.process_id, p.rate.cluster_id, Strand.CITIZENS
    ),
    "templates": lambda p, a: p.service.templates(a),
    "save_template": lambda p, a: p.service.save_template(a, p.id),
    "import_template": lambda p, a: p.service.import_template(a, b"", "x.toml"),
    "drop_template": lambda p, a: p.service.drop_template(a, "x"),
    "grant_link_to_all": lambda p, a: p.service.grant_link(a, Role.MODERATOR, None),
}
