"""pdfium's C functions with plain integer addresses for their pointers.

A call through these costs a third of one through typed ctypes pointers, and a page takes thousands.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import raw


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401
    """Return a C function with plain integer addresses for its pointers.

    Calls keep the interpreter's lock: all are short, and giving it back and taking it again costs a fifth of each.
    """
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_P, _I, _U = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint
count_chars = _bind("FPDFText_CountChars", _I, _P)
get_unicode = _bind("FPDFText_GetUnicode", _U, _P, _I)
get_loose_box = _bind("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
get_text = _bind("FPDFText_GetText", _I, _P, _I, _I, _P)
get_angle = _bind("FPDFText_GetCharAngle", ctypes.c_float, _P, _I)
is_hyphen = _bind("FPDFText_IsHyphen", _I, _P, _I)
get_text_object = _bind("FPDFText_GetTextObject", _P, _P, _I)
count_objects = _bind("FPDFPage_CountObjects", _I, _P)
get_object = _bind("FPDFPage_GetObject", _P, _P, _I)
get_type = _bind("FPDFPageObj_GetType", _I, _P)
get_bounds = _bind("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
count_segments = _bind("FPDFPath_CountSegments", _I, _P)
get_segment = _bind("FPDFPath_GetPathSegment", _P, _P, _I)
get_point = _bind("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
get_segment_type = _bind("FPDFPathSegment_GetType", _I, _P)
get_close = _bind("FPDFPathSegment_GetClose", _I, _P)
get_draw_mode = _bind("FPDFPath_GetDrawMode", _I, _P, _P, _P)
get_fill = _bind("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
get_stroke = _bind("FPDFPageObj_GetStrokeColor", _I, _P, _P, _P, _P, _P)
get_matrix = _bind("FPDFPageObj_GetMatrix", _I, _P, _P)
get_image_size = _bind("FPDFImageObj_GetImagePixelSize", _I, _P, _P, _P)
count_form = _bind("FPDFFormObj_CountObjects", _I, _P)
get_form_object = _bind("FPDFFormObj_GetObject", _P, _P, ctypes.c_ulong)
get_render_mode = _bind("FPDFTextObj_GetTextRenderMode", _I, _P)
has_transparency = _bind("FPDFPageObj_HasTransparency", _I, _P)
get_clip = _bind("FPDFPageObj_GetClipPath", _P, _P)
count_clip_paths = _bind("FPDFClipPath_CountPaths", _I, _P)
count_clip_segments = _bind("FPDFClipPath_CountPathSegments", _I, _P, _I)
get_clip_segment = _bind("FPDFClipPath_GetPathSegment", _P, _P, _I, _I)
get_char_matrix = _bind("FPDFText_GetMatrix", _I, _P, _I, _P)
get_char_origin = _bind("FPDFText_GetCharOrigin", _I, _P, _I, _P, _P)
get_font_size = _bind("FPDFText_GetFontSize", ctypes.c_double, _P, _I)
get_font_name = _bind("FPDFText_GetFontInfo", ctypes.c_ulong, _P, _I, _P, ctypes.c_ulong, _P)
