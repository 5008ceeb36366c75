"""Scans of typeset documents: pages rasterised and damaged as scanners and copiers do, the same for the same seed."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

SEAL_FONT = "/usr/share/fonts/truetype/arphic/uming.ttc"
SEAL_TEXT = "北京市西城区人民政府办公室"


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What happens to a page on its way through a scanner; the defaults are a clean scan.

    Attributes:
        skew_deg: The sheet lies askew, by up to this much to either side.
        noise: Standard deviation of the sensor's noise, gray levels.
        blur_px: Standard deviation of the blur.
        jpeg: Quality; 0 for none.
        fade: How far print fades towards the paper, 0 to 1.
        broken: Share of the page's small squares in which rules are scratched away.
        seal: A red seal is stamped over text.
        perspective: How far corners move, as a share of the page's width.
        shadow: How much darker the darkest edge is, 0 to 1.
        turns: Quarter turns of the sheet, counter-clockwise.
    """

    skew_deg: float = 0.0
    noise: float = 0.0
    blur_px: float = 0.0
    jpeg: int = 0
    fade: float = 0.0
    broken: float = 0.0
    seal: bool = False
    perspective: float = 0.0
    shadow: float = 0.0
    turns: int = 0


CONDITIONS: dict[str, Damage] = {
    "clean": Damage(),
    "skew": Damage(skew_deg=3.0),
    "noise": Damage(noise=18.0),
    "blur": Damage(blur_px=1.1),
    "jpeg40": Damage(jpeg=40),
    "faded": Damage(fade=0.55, noise=4.0),
    "broken": Damage(broken=0.02, fade=0.2),
    "seal": Damage(seal=True, jpeg=75),
    "perspective": Damage(perspective=0.012),
    "shadow": Damage(shadow=0.5),
    "copied": Damage(skew_deg=1.2, noise=9.0, blur_px=0.7, jpeg=55, fade=0.25, shadow=0.25, perspective=0.004),
}
"""Named kinds of damage; ``copied`` is a bit of everything."""


def rasterise(pdf: bytes, dpi: float) -> list[np.ndarray]:
    """Return the pages of a PDF as pictures, height × width × 3, BGR."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [np.ascontiguousarray(page.render(scale=dpi / 72).to_numpy()[:, :, :3]) for page in document]
    finally:
        document.close()


def damage_page(page: np.ndarray, damage: Damage, dpi: float, seed: int) -> np.ndarray:
    """Return a page as a scanner would deliver it."""
    rng = np.random.default_rng(seed)
    out = page
    if damage.broken:
        out = _break_rules(out, damage.broken, dpi, rng)
    if damage.fade:
        out = (255 - (255 - out.astype(np.float32)) * (1 - damage.fade)).astype(np.uint8)
    if damage.seal:
        out = _stamp(out, dpi, rng)
    if damage.perspective or damage.skew_deg:
        out = _warp(out, damage, rng)
    if damage.shadow:
        out = _shade(out, damage.shadow, rng)
    if damage.blur_px:
        out = cv2.GaussianBlur(out, (0, 0), damage.blur_px * dpi / 200)
    if damage.noise:
        grain = rng.normal(0, damage.noise, out.shape[:2])[:, :, None]
        out = np.clip(out.astype(np.float32) + grain, 0, 255).astype(np.uint8)
    if damage.turns:
        out = np.ascontiguousarray(np.rot90(out, damage.turns))
    if damage.jpeg:
        out = cv2.imdecode(cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, damage.jpeg])[1], cv2.IMREAD_COLOR)
    return out


def _warp(page: np.ndarray, damage: Damage, rng: np.random.Generator) -> np.ndarray:
    height, width = page.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    moved = corners + rng.uniform(-1, 1, (4, 2)).astype(np.float32) * damage.perspective * width
    angle = math.radians(rng.uniform(-damage.skew_deg, damage.skew_deg)) if damage.skew_deg else 0.0
    center = np.array([width / 2, height / 2], dtype=np.float32)
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]], dtype=np.float32)
    moved = (moved - center) @ turn + center
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    return cv2.warpPerspective(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))


def _shade(page: np.ndarray, depth: float, rng: np.random.Generator) -> np.ndarray:
    """Darken towards one corner, and in a band as of a book's gutter."""
    height, width = page.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = rng.uniform(0, 2 * math.pi)
    ramp = (x / width - 0.5) * math.cos(angle) + (y / height - 0.5) * math.sin(angle)
    place = rng.uniform(0.1, 0.9) * width
    light = 1 - depth * np.clip(ramp + 0.2, 0, 1) - 0.4 * depth * np.exp(-(((x - place) / (0.06 * width)) ** 2))
    return (page * light[:, :, None]).astype(np.uint8)


def _break_rules(page: np.ndarray, share: float, dpi: float, rng: np.random.Generator) -> np.ndarray:
    """Scratch rules away in small squares; text is left as it is."""
    dark = 255 - cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    length = round(22 * dpi / 72)
    rules = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)) | cv2.morphologyEx(
        dark, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8)
    )
    side = round(5 * dpi / 72)
    grid = rng.random((page.shape[0] // side + 1, page.shape[1] // side + 1)) < share * 5
    holes = np.kron(grid, np.ones((side, side), bool))[: page.shape[0], : page.shape[1]]
    out = page.copy()
    out[holes & (rules > 30)] = 255
    return out


def _stamp(page: np.ndarray, dpi: float, rng: np.random.Generator) -> np.ndarray:
    """Stamp a round seal of 42 mm: ring, star, characters around; ink multiplies with what is below."""
    size = round(42 / 25.4 * dpi)
    seal = _draw_seal(size)
    height, width = page.shape[:2]
    x, y = int(rng.integers(0, max(1, width - size))), int(rng.integers(0, max(1, height - size)))
    part = page[y : y + size, x : x + size].astype(np.float32)
    ink = seal[: part.shape[0], : part.shape[1], None] * rng.uniform(0.75, 1.0)
    color = np.array([40.0, 40.0, 225.0], dtype=np.float32)
    out = page.copy()
    out[y : y + size, x : x + size] = (part * (1 - ink) + part * color / 255 * ink).astype(np.uint8)
    return out


def _draw_seal(size: int) -> np.ndarray:
    from PIL import ImageDraw, ImageFont

    image = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(image)
    draw.ellipse((3, 3, size - 4, size - 4), outline=255, width=max(3, size // 40))
    middle, outer, inner = size / 2, size * 0.16, size * 0.065
    points = []
    for k in range(10):
        radius, angle = (outer if k % 2 == 0 else inner), math.pi / 5 * k - math.pi / 2
        points.append((middle + radius * math.cos(angle), middle + radius * math.sin(angle)))
    draw.polygon(points, fill=255)
    font = ImageFont.truetype(SEAL_FONT, size // 9)
    for k, char in enumerate(SEAL_TEXT):
        turn = -130 + 260 * k / (len(SEAL_TEXT) - 1)
        glyph = Image.new("L", (size, size), 0)
        ImageDraw.Draw(glyph).text((middle, size * 0.1), char, fill=255, font=font, anchor="mm")
        image.paste(255, mask=glyph.rotate(-turn, center=(middle, middle)))
    return np.asarray(image, dtype=np.float32) / 255


def scan_pdf(pdf: bytes, damage: Damage, dpi: float, seed: int, pages: list[int] | None = None) -> bytes:
    """Return an image-only PDF of a PDF's pages (numbers from 1; None for all), each damaged in its own way."""
    pictures = rasterise(pdf, dpi)
    chosen = pages or list(range(1, len(pictures) + 1))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for number in chosen:
        picture = damage_page(pictures[number - 1], damage, dpi, seed * 1000 + number)
        height, width = picture.shape[:2]
        size = (width * 72 / dpi, height * 72 / dpi)
        canvas.setPageSize(size)
        encoded = io.BytesIO()
        image = Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
        image.save(encoded, "JPEG", quality=damage.jpeg, subsampling=2) if damage.jpeg else image.save(encoded, "PNG")
        encoded.seek(0)
        canvas.drawImage(ImageReader(encoded), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
