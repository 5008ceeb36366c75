"""A notice whose attachments lie in other files is one document: given together, as a folder, as an archive."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from itertools import pairwise

import pypdfium2 as pdfium
import pytest

import planextract
from planextract.correct.anchors import RowIndex
from planextract.read import read_document
from planextract.report.evidence import EvidenceMaker
from planextract.review.page.pictures import Inputs, PagePictures
from planextract.review.page.workspace import ReviewedDocument
from planextract.run.bundles import find_documents, hash_document, read_input
from planextract.settings import ReadSettings
from planextract.write.read_back import iterate_results

from ..conftest import run_quickly
from ..formats.makers import make_docx, make_html
from ..formats.notice import Content, printed_notice
from ..lab import typeset
from ..lab.model import LabText
from ..lab.notice import make_notice

NAMES = ("关于印发行动计划的通知.html", "附件1.pdf", "附件2.docx", "附件3.txt")
VALUES = ["text", "deadline_raw", "deadline_end", "lead_status", "responsible_status", "support_status"]


@pytest.fixture(scope="module")
def parts(notice) -> dict[str, bytes]:
    """The notice as a web page, its attachments as PDF, Word and text: each a file of its own."""
    lines = notice.read_text(encoding="utf-8").splitlines(keepends=True)
    cuts = [0, *(n for n, line in enumerate(lines) if line.strip() in ("附件 1", "附件 2", "附件 3")), len(lines)]
    texts = ["".join(lines[a:b]).encode() for a, b in pairwise(cuts)]
    printed = [printed_notice(read_document(text, "part.txt", ReadSettings())) for text in texts]
    whole = make_notice()
    heads = [i for i, b in enumerate(whole.blocks) if isinstance(b, LabText) and b.text.replace(" ", "") == "附件1"]
    ends = [i for i, b in enumerate(whole.blocks) if isinstance(b, LabText) and b.text.replace(" ", "") == "附件2"]
    pdf = typeset(replace(whole, blocks=whole.blocks[heads[0] : ends[0]]), "reportlab")
    front = Content(blocks=[b for b in printed[0].blocks if isinstance(b, str)])
    made = (make_html(front).encode(), pdf, make_docx(printed[2]), texts[3])
    return dict(zip(NAMES, made, strict=True))


@pytest.fixture
def folder(parts, tmp_path):
    place = tmp_path / "行动计划"
    place.mkdir()
    for name, data in parts.items():
        (place / name).write_bytes(data)
    return place


def pack(files: dict[str, bytes], path, *, flag_utf8: bool = True):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def read_measures(output):
    tables = planextract.load(output)
    return tables, tables["measures"]


@pytest.fixture(scope="module")
def expected(output):
    return planextract.load(output)


def test_fields_come_from_the_notice_and_tables_from_its_attachments(folder, tmp_path, expected):
    run_quickly("run", str(folder), "--as-one", "-o", str(tmp_path / "out"), check=True)
    tables, measures = read_measures(tmp_path / "out")
    document, wanted = tables["documents"].iloc[0], expected["documents"].iloc[0]
    for name in ("title", "doc_number", "issued_on", "issuer", "plan_year", "region", "addressees", "attachments"):
        assert document[name] == wanted[name], name
    assert list(tables["plans"].title) == list(expected["plans"].title)
    assert list(tables["plans"].attachment_no) == [1, 2, 3]
    for name in VALUES:
        assert list(measures[name].astype(str)) == list(expected["measures"][name].astype(str)), name
    own, other = tables["responsibilities"], expected["responsibilities"]
    assert list(own.agency_id.astype(str)) == list(other.agency_id.astype(str))


def test_each_file_is_listed_and_each_cell_leads_to_its_file(folder, parts, tmp_path):
    run_quickly("run", str(folder), "--as-one", "-o", str(tmp_path / "out"), check=True)
    tables, measures = read_measures(tmp_path / "out")
    document = tables["documents"].iloc[0]
    assert [(f["name"], f["sha256"], f["role"]) for f in document["files"]] == [
        (name, hashlib.sha256(data).hexdigest(), "attachment" if number else "notice")
        for number, (name, data) in enumerate(parts.items())
    ]
    first = list(document["file_pages"])
    assert first[:2] == [1, 2]
    assert document["page_count"] == first[3]
    pages = tables["cells"].groupby("page").table_no.min()
    assert set(pages.index) == set(range(2, first[3] + 1))
    said = run_quickly("explain", str(tmp_path / "out"), measures.measure_id.iloc[0], check=True).stdout
    assert "page 1 of 附件1.pdf" in said
    said = run_quickly("explain", str(tmp_path / "out"), measures.measure_id.iloc[-1], check=True).stdout
    assert "of 附件3.txt" in said


def test_a_folder_an_archive_and_a_list_are_the_same_document(folder, parts, tmp_path):
    packed = pack({f"行动计划/{name}": data for name, data in parts.items()}, tmp_path / "行动计划.zip")
    listed = [str(folder / name) for name in reversed(NAMES)]  # the names tell which is the notice
    ids = []
    for number, given in enumerate(([str(folder)], [str(packed)], listed)):
        place = tmp_path / f"out{number}"
        run_quickly("run", *given, "--as-one", "-o", str(place), check=True)
        tables = planextract.load(place)
        ids.append(tables["documents"].doc_id.iloc[0])
        assert len(tables["measures"]) == 106
    assert ids[0] == ids[1]
    document = planextract.extract_file([folder / name for name in NAMES])
    assert document.doc_id == ids[0] and len(document.measures) == 106
    assert planextract.extract_file(packed).doc_id == ids[0]


def test_what_did_not_change_is_passed_over_and_a_changed_attachment_is_read_again(folder, tmp_path):
    place = str(tmp_path / "out")
    run_quickly("run", str(folder), "--as-one", "-o", place, check=True)
    said = json.loads(run_quickly("run", str(folder), "--as-one", "-o", place, "--json", check=True).stdout)
    assert (said["unchanged"], said["documents"]) == (1, 1)
    with (folder / "附件3.txt").open("a", encoding="utf-8") as file:
        file.write("\n注：本表自发布之日起施行。\n")
    said = json.loads(run_quickly("run", str(folder), "--as-one", "-o", place, "--json", "--prune", check=True).stdout)
    assert (said["unchanged"], said["documents"], said["pruned"]) == (0, 1, 1)


def test_a_folder_with_a_list_is_one_document_without_being_asked(folder, tmp_path, notice):
    (folder / "bundle.yaml").write_text(
        "files:\n" + "".join(f"  - {'attachment' if n else 'notice'}: {name}\n" for n, name in enumerate(NAMES)),
        encoding="utf-8",
    )
    (tmp_path / "other.txt").write_bytes(notice.read_bytes())
    run_quickly("run", str(tmp_path), "-o", str(tmp_path / "out"), check=True)
    documents = planextract.load(tmp_path / "out")["documents"]
    assert sorted(documents.source_path) == ["other.txt", "行动计划"]
    assert {len(files) for files in documents["files"]} == {0, 4}


def test_an_override_file_beside_the_folder_is_followed(folder, tmp_path):
    beside = tmp_path / "行动计划.overrides.yaml"
    beside.write_text("boundaries:\n- {pages: [4, 5], row: new_measure}\n", encoding="utf-8")
    run_quickly("run", str(folder), "--as-one", "-o", str(tmp_path / "out"), check=True)
    boundaries = planextract.load(tmp_path / "out")["boundaries"]
    assert list(boundaries[boundaries.overridden].page_before) == [4], "page 3 of the first attachment"


def test_pictures_come_from_the_page_of_the_attachment(folder, tmp_path):
    run_quickly("run", str(folder), "--as-one", "-o", str(tmp_path / "out"), check=True)
    document = next(iterate_results(tmp_path / "out"))
    measure = document.plans[0].tasks[0].measures[0]
    packed = pack({f"a/{n}": (folder / n).read_bytes() for n in NAMES}, tmp_path / "a.zip")
    pictures = []
    for place in (folder, tmp_path / "行动计划" / "附件1.pdf", packed):
        maker = EvidenceMaker([place])
        evidence = maker.show_measure(document, measure.measure_id, "measure")
        maker.close()
        assert not evidence.note, (place, evidence.note)
        pictures.append([strip.picture for strip in evidence.strips])
    assert pictures[0][0].startswith("data:image/webp")
    assert pictures[0] == pictures[1] == pictures[2]


def test_the_review_page_draws_the_page_and_the_lines_of_the_right_file(folder, tmp_path):
    run_quickly("run", str(folder), "--as-one", "-o", str(tmp_path / "out"), check=True)
    document = next(iterate_results(tmp_path / "out"))
    reviewed = ReviewedDocument(
        result=document, cells={}, index=RowIndex([]), measures={}, boundaries=(), replayed=frozenset()
    )
    packed = pack({f"a/{n}": (folder / n).read_bytes() for n in NAMES}, tmp_path / "行动计划.zip")
    for place in (tmp_path, folder, packed):
        inputs = Inputs([place])
        pictures = PagePictures(inputs)
        assert pictures.draw(*reviewed.locate(2))[:4] == b"RIFF"
        last = next(cell for cell in reversed(document.cells) if cell.line)
        lines = inputs.lines(*reviewed.locate(last.page)[:2], [last.line])
        assert any(line.is_marked and last.text_raw.split("\n")[0] in line.text for line in lines)
        pictures.close()
    assert reviewed.file_of(2) == "附件1.pdf"


def test_pages_in_files_of_their_own_are_one_table(tmp_path, expected):
    whole = pdfium.PdfDocument(typeset(make_notice(), "reportlab"))
    place = tmp_path / "页"
    place.mkdir()
    listing = "files:\n"
    for number, pages in enumerate((range(9), range(9, 10), range(10, len(whole))), start=1):
        part = pdfium.PdfDocument.new()
        part.import_pages(whole, list(pages))
        part.save(place / f"{number}.pdf")
        listing += f"  - page: {number}.pdf\n"
    (place / "bundle.yaml").write_text(listing, encoding="utf-8")
    document = planextract.extract_file(place)
    assert [measure.text for measure in document.measures] == list(expected["measures"].text)
    assert [file.first_page for file in document.files] == [1, 10, 11]
    assert document.notice.doc_number == expected["documents"].doc_number.iloc[0]


def test_attachments_with_one_header_and_no_title_stay_two_plans(tmp_path):
    table = "序号\t工作任务\t责任单位\t完成时限\n1\t新建学校3所。\t区教委\t12月底前\n2\t整治道路。\t区城管委\t6月底前\n"
    place = tmp_path / "一"
    place.mkdir()
    (place / "通知.txt").write_text("某区人民政府关于印发任务分解表的通知\n\n各单位：\n\n请落实。\n", encoding="utf-8")
    (place / "附件1.txt").write_text(table, encoding="utf-8")
    (place / "附件2.txt").write_text(table.replace("3所", "5所"), encoding="utf-8")
    document = planextract.extract_file(place)
    assert [len(plan.tasks) for plan in document.plans] == [2, 2]


# What is refused


def quarantined(tmp_path, *arguments: str) -> str:
    result = run_quickly("run", *arguments, "-o", str(tmp_path / "refused"))
    assert result.returncode in (2, 3, 5), result.stdout + result.stderr
    said = [line for line in result.stderr.splitlines() if line.strip()]
    assert len(said) == 1, said
    return said[0]


def test_a_stored_archive_that_holds_a_pdf_is_refused_and_its_files_are_named(parts, tmp_path):
    said = quarantined(tmp_path, str(pack(parts, tmp_path / "a.zip")))
    assert "ZIP archive with 4 files" in said and NAMES[1] in said and "--as-one" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"附件4.zip": b"PK\x03\x04"}, "an archive lies among its files: 附件4.zip"),
        ({"../附件4.txt": b"x"}, "leads out of the archive"),
        ({"/etc/附件4.txt": b"x"}, "leads out of the archive"),
        ({"另一通知.txt": "各单位：".encode()}, "2 files may be the notice"),
        ({"附件9.txt": b""}, "the file is empty"),
    ],
)
def test_an_archive_is_refused_with_one_clear_reason(parts, tmp_path, change, said):
    path = pack({**parts, **change}, tmp_path / "a.zip")
    assert said in quarantined(tmp_path, str(path), "--as-one")


def test_an_archive_without_anything_readable_is_refused(tmp_path):
    path = pack({"a.exe": b"MZ", "b.mp4": b"0"}, tmp_path / "a.zip")
    assert "holds no document that is read; it holds: a.exe、b.mp4" in quarantined(tmp_path, str(path), "--as-one")


def test_a_protected_archive_is_refused(parts, tmp_path):
    data = bytearray(pack(parts, tmp_path / "a.zip").read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    (tmp_path / "a.zip").write_bytes(data)
    assert "password" in quarantined(tmp_path, str(tmp_path / "a.zip"), "--as-one")


def test_a_bomb_is_refused(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"附件{number}.txt", b"0" * 400_000_000)
    (tmp_path / "a.zip").write_bytes(buffer.getvalue())
    assert "more than the limit" in quarantined(tmp_path, str(tmp_path / "a.zip"), "--as-one")


@pytest.mark.parametrize(
    ("listing", "said"),
    [
        ("files:\n  - notice: 通知.txt\n  - attachment: 附件7.xlsx\n", "it lists '附件7.xlsx', and no such document"),
        ("files:\n  - notice: 通知.txt\n  - notice: 附件1.txt\n", "it lists two notices"),
        ("files:\n  - attachment: ../other.txt\n", "it lists '../other.txt'"),
        ("files:\n  - cover: 通知.txt\n", "there is no role 'cover'"),
        ("files: []\n", "it lists no file"),
        ("- a\n", "the list of files is not understood"),
        ("files: [{notice: 通知.txt, page: 附件1.txt}]\n", "the list of files is not understood"),
    ],
)
def test_a_wrong_list_quarantines_its_folder_and_the_others_go_on(tmp_path, notice, listing, said):
    place = tmp_path / "in" / "一"
    place.mkdir(parents=True)
    (place / "bundle.yaml").write_text(listing, encoding="utf-8")
    for name in ("通知.txt", "附件1.txt"):
        (place / name).write_bytes(b"x")
    (tmp_path / "in" / "notice.txt").write_bytes(notice.read_bytes())
    result = run_quickly("run", str(tmp_path / "in"), "-o", str(tmp_path / "out"))
    assert result.returncode in (3, 5)
    assert said in result.stderr
    assert list(planextract.load(tmp_path / "out")["documents"].source_path) == ["notice.txt"]


def test_an_address_on_the_web_is_to_be_downloaded_first(tmp_path):
    for command in (
        ["run", "https://example.org/notice.html", "-o", str(tmp_path / "o")],
        ["show", "http://example.org/a"],
    ):
        result = run_quickly(*command)
        assert result.returncode == 2
        assert "Download it first" in result.stderr


def test_a_notice_without_its_attachment_is_refused_and_both_are_asked_for(tmp_path):
    text = "某区人民政府关于印发任务分解表的通知\n\n各单位：\n\n现印发给你们。\n\n附件：1.任务分解表.xlsx\n"
    (tmp_path / "通知.txt").write_text(text, encoding="utf-8")
    said = quarantined(tmp_path, str(tmp_path / "通知.txt"))
    assert "it names an attachment: 任务分解表.xlsx" in said
    assert "run NOTICE ATTACHMENT --as-one" in said


def test_the_folder_that_one_is_in_may_be_the_document(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(folder)
    run_quickly("run", ".", "--as-one", "-o", str(tmp_path / "out"), check=True)
    assert planextract.load(tmp_path / "out")["documents"].source_path.iloc[0] == "行动计划"


def test_names_in_the_code_of_chinese_windows_are_read(tmp_path):
    path = pack({"T.txt": b"1", "A.txt": b"2"}, tmp_path / "a.zip")
    data = path.read_bytes().replace(b"T.txt", "通知".encode("gb18030") + b"x")
    path.write_bytes(data)
    from planextract.read.archive import Archive

    names = [shown for _, shown in Archive(path.read_bytes(), "a.zip", ReadSettings()).list_files()]
    assert names == ["通知x", "A.txt"]


def hocr(*lines: str) -> bytes:
    spans = "".join(
        f"<span class='ocr_line' title='bbox 200 {y} {200 + 30 * len(line)} {y + 30}'>"
        + "".join(
            f"<span class='ocrx_word' title='bbox {200 + 30 * x} {y} {228 + 30 * x} {y + 30}; x_wconf 95'>{char}</span>"
            for x, char in enumerate(line)
        )
        + "</span>"
        for y, line in zip(range(150, 1700, 50), lines, strict=False)
    )
    return f"<html><body><div class='ocr_page' title='bbox 0 0 1240 1754'>{spans}</div></body></html>".encode()


def test_recognised_pages_in_an_archive_are_pages(tmp_path):
    first = (
        "武宁县2023年重点工作任务分解表",
        "一、实施工业强县战略",
        "1.新增规模以上工业企业20家。（牵头单位：县工信局；",
        "责任单位：县发改委、县统计局；完成时限：12月底前）",
        "2.新建高标准农田3万亩，完善灌溉设施，",
    )
    second = (
        "提升产能。（牵头单位：县农业农村局；责任单位：",
        "各乡镇；完成时限：11月底前）",
        "3.改造小区。（牵头单位：县住建局）",
    )
    files = {"扫描/第2页.hocr": hocr(*second), "扫描/第1页.hocr": hocr(*first)}
    found = planextract.extract_file(pack(files, tmp_path / "扫描.zip"))
    texts = [measure.text for measure in found.measures]
    assert texts == ["新增规模以上工业企业20家。", "新建高标准农田3万亩，完善灌溉设施，提升产能。", "改造小区。"]
    assert {plan.title for plan in found.plans} == {"武宁县2023年重点工作任务分解表"}


def test_recognised_text_beside_a_scan_in_an_archive_belongs_to_it(tmp_path):
    files = {"通知.txt": b"1", "附件.pdf": b"2", "附件.hocr": hocr("一")}
    ids = set()
    for name, given in (("a", files), ("b", {**files, "附件.hocr": hocr("二")})):
        packed = pack(given, tmp_path / f"{name}.zip")
        (tmp_path / name).mkdir()
        for member, data in given.items():
            (tmp_path / name / member).write_bytes(data)
        own = {
            hash_document(find_documents([p], as_one=True).files[0], ReadSettings()) for p in (packed, tmp_path / name)
        }
        assert len(own) == 1
        ids |= own
    assert len(ids) == 2


def test_only_the_scan_of_a_pair_in_an_archive_is_read(parts, tmp_path):
    packed = pack({**parts, "附件1.hocr": hocr("一")}, tmp_path / "a.zip")
    source = read_input(find_documents([packed], as_one=True).files[0], ReadSettings())
    assert [file.name for file in source.files] == list(NAMES)
    assert "read.left_out_files" not in {note.code for note in source.notes}
