"""The picture with boxes and layers, wherever it stands."""

from __future__ import annotations

from collections.abc import Mapping

ZH: Mapping[str, str] = {
    "picture_view.views": "画面",
    "picture_view.layers": "叠加显示",
    "picture_view.boxes": "字段框",
    "picture_view.zoom_in": "放大",
    "picture_view.zoom_out": "缩小",
    "picture_view.reset": "看全图",
    "picture_view.draw": "框选",
    "picture_view.draw_hint": "在图上拖出一个框；按 Esc 取消",
    "picture_view.hint": "滚轮缩放，拖动平移，双击复原",
}

EN: Mapping[str, str] = {
    "picture_view.views": "Views",
    "picture_view.layers": "Shown on top",
    "picture_view.boxes": "Boxes",
    "picture_view.zoom_in": "Zoom in",
    "picture_view.zoom_out": "Zoom out",
    "picture_view.reset": "Whole picture",
    "picture_view.draw": "Draw a box",
    "picture_view.draw_hint": "Drag a box on the picture; Esc gives up",
    "picture_view.hint": "Scroll to zoom, drag to move, double-click to reset",
}
