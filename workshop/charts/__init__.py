"""Results as pictures: each figure comes with its title, its sentence and its table.

Pure functions from result objects to Plotly figures as plain data. Stage, console, results page
and export all use these, so that none of them shows another number than the others.
"""

from __future__ import annotations

from workshop.charts.base import Chart, Table, Theme, escape, wrap
from workshop.charts.cloud import Word, cloud, cloud_pages, words_of
from workshop.charts.clusters import cluster_overview
from workshop.charts.matrix import matrix_chart
from workshop.charts.moves import moves
from workshop.charts.opinion_map import opinion_map
from workshop.charts.paging import (
    contribution_pages,
    moves_pages,
    moves_weight,
    option_pages,
    option_weight,
    plane_pages,
    statement_pages,
    strands_pages,
    strands_weight,
    weight_of,
)
from workshop.charts.question import in_order, question_result
from workshop.charts.strand_lines import strand_lines
from workshop.charts.whole import whole_chart
from workshop.charts.words import ClusterWords, cluster_words, item_words

__all__ = [
    "Chart",
    "ClusterWords",
    "Table",
    "Theme",
    "Word",
    "cloud",
    "cloud_pages",
    "cluster_overview",
    "cluster_words",
    "contribution_pages",
    "escape",
    "in_order",
    "item_words",
    "matrix_chart",
    "moves",
    "moves_pages",
    "moves_weight",
    "opinion_map",
    "option_pages",
    "option_weight",
    "plane_pages",
    "question_result",
    "statement_pages",
    "strand_lines",
    "strands_pages",
    "strands_weight",
    "weight_of",
    "whole_chart",
    "words_of",
    "wrap",
]
