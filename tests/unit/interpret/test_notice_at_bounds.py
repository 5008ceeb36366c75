"""Notices line by line: what each line is taken for, and what the fields say in the end."""

from __future__ import annotations

import pytest

from planextract.interpret.notice import finish_notice, read_front
from tests.builders import make_lines, make_regions

METADATA = {
    "索引号": "index_no",
    "发布机构": "issuer",
    "发文日期": "issued_on",
    "标题": "title",
    "发文字号": "doc_number",
}


def read(front: str, back: str = "", *, plans: tuple[str, ...] = ()) -> list[str]:
    """Each line with what it is taken for; then the fields; then what is said. ``/`` ends a line."""
    found = finish_notice(
        read_front(make_lines(front.replace("/", "\n")), METADATA),
        (),
        make_lines(back.replace("/", "\n")),
        plans,
        make_regions(),
    )
    notice = found.notice
    names = (
        "title",
        "issuer",
        "issuers",
        "doc_number",
        "issued_on",
        "printed_on",
        "plan_year",
        "region",
        "addressees",
        "cc",
    )
    more = ("body_text", "access_note", "signed_by", "publisher", "index_no", "published_on")
    fields = [(name, getattr(notice, name)) for name in (*names, *more)]
    return [
        *(f"{line.reason.removeprefix('field:')}: {line.raw_text}" for line in found.lines),
        *(
            f"{name} = {value if isinstance(value, str | int) else '|'.join(value) if isinstance(value, tuple) else value}".replace(
                "\n", "↵"
            )
            for name, value in fields
            if value
        ),
        *(f"attachment {item.no} {item.title}" for item in notice.attachments),
        *(f"! {finding.code} {finding.message}" for finding in found.trail.findings),
        *(f"~ {repair.before}" for repair in found.trail.repairs),
    ]


@pytest.mark.parametrize(
    ("front", "back", "found"),
    [
        (
            "北京市西城区人民政府文件/西政发〔2021〕2号/西城区人民政府关于印发《甲方案》的通知/各单位：/现印发给你们。/附件：1.甲方案/2.乙方案/西城区人民政府/2021年3月1日/（此件公开发布）",
            "抄送：区委办公室，/区人大。/西城区人民政府办公室 2021年3月2日印发",
            [
                "issuer: 北京市西城区人民政府文件",
                "doc_number: 西政发〔2021〕2号",
                "title: 西城区人民政府关于印发《甲方案》的通知",
                "addressees: 各单位：",
                "body_text: 现印发给你们。",
                "attachments: 附件：1.甲方案",
                "attachments: 2.乙方案",
                "signature: 西城区人民政府",
                "issued_on: 2021年3月1日",
                "access_note: （此件公开发布）",
                "cc: 抄送：区委办公室，",
                "cc: 区人大。",
                "printed_on: 西城区人民政府办公室 2021年3月2日印发",
                "title = 西城区人民政府关于印发《甲方案》的通知",
                "issuer = 北京市西城区人民政府",
                "issuers = 北京市西城区人民政府",
                "doc_number = 西政发〔2021〕2号",
                "issued_on = 2021-03-01",
                "printed_on = 2021-03-02",
                "plan_year = 2021",
                "region = 110102",
                "addressees = 各单位",
                "cc = 区委办公室，↵区人大。",
                "body_text = 现印发给你们。",
                "access_note = 此件公开发布",
                "attachment 1 甲方案",
                "attachment 2 乙方案",
            ],
        ),
        (
            "西城区教委 西城区财政局文件/西教发〔2021〕2号/关于开展工作的通知/各单位：/请落实。/西城区教委  西城区财政局/2021年3月1日",
            "",
            [
                "issuer: 西城区教委 西城区财政局文件",
                "doc_number: 西教发〔2021〕2号",
                "title: 关于开展工作的通知",
                "addressees: 各单位：",
                "body_text: 请落实。",
                "signature: 西城区教委  西城区财政局",
                "issued_on: 2021年3月1日",
                "title = 关于开展工作的通知",
                "issuer = 西城区教委、西城区财政局",
                "issuers = 西城区教委|西城区财政局",
                "doc_number = 西教发〔2021〕2号",
                "issued_on = 2021-03-01",
                "plan_year = 2021",
                "region = 110102",
                "addressees = 各单位",
                "body_text = 请落实。",
            ],
        ),
        (
            "西城区教委/西城区财政局/文件/关于开展工作的通知/各单位，各街道；各学校：/请落实，/认真执行。",
            "",
            [
                "title: 西城区教委",
                "title: 西城区财政局",
                "issuer: 文件",
                "title: 关于开展工作的通知",
                "addressees: 各单位，各街道；各学校：",
                "body_text: 请落实，",
                "body_text: 认真执行。",
                "title = 关于开展工作的通知",
                "issuer = 西城区教委、西城区财政局",
                "issuers = 西城区教委|西城区财政局",
                "region = 110102",
                "addressees = 各单位|各街道|各学校",
                "body_text = 请落实，认真执行。",
                "~ 请落实， ‖ 认真执行。",
            ],
        ),
        (
            "签发人：张三/西城区关于开展工作的报告/区政府：/现报告如下：/一是落实。",
            "",
            [
                "signed_by: 签发人：张三",
                "title: 西城区关于开展工作的报告",
                "addressees: 区政府：",
                "body_text: 现报告如下：",
                "body_text: 一是落实。",
                "title = 西城区关于开展工作的报告",
                "region = 110102",
                "addressees = 区政府",
                "body_text = 现报告如下：↵一是落实。",
                "signed_by = 张三",
            ],
        ),
        (
            "首页 > 正文/来源：某局 2021-03-01/西城区2021年工作要点/一、总体要求/推进工作。",
            "",
            [
                "metadata: 首页 > 正文",
                "metadata: 来源：某局 2021-03-01",
                "title: 西城区2021年工作要点",
                "body_text: 一、总体要求",
                "body_text: 推进工作。",
                "title = 西城区2021年工作要点",
                "plan_year = 2021",
                "region = 110102",
                "body_text = 一、总体要求推进工作。",
                "~ 一、总体要求 ‖ 推进工作。",
            ],
        ),
        (
            "西城区2021年工作要点/（2021年3月1日）/推进工作，落实任务。",
            "",
            [
                "title: 西城区2021年工作要点",
                "title: （2021年3月1日）",
                "body_text: 推进工作，落实任务。",
                "title = 西城区2021年工作要点（2021年3月1日）",
                "plan_year = 2021",
                "region = 110102",
                "body_text = 推进工作，落实任务。",
            ],
        ),
        (
            "索引号：000/发布机构：西城区教委/发文日期：2021年3月1日/标题：甲通知/西城区关于开展乙工作的通知/各单位：/请落实。/2021年4月1日",
            "",
            [
                "metadata: 索引号：000",
                "metadata: 发布机构：西城区教委",
                "metadata: 发文日期：2021年3月1日",
                "metadata: 标题：甲通知",
                "title: 西城区关于开展乙工作的通知",
                "addressees: 各单位：",
                "body_text: 请落实。",
                "issued_on: 2021年4月1日",
                "title = 西城区关于开展乙工作的通知",
                "issuer = 西城区教委",
                "issuers = 西城区教委",
                "issued_on = 2021-04-01",
                "plan_year = 2021",
                "region = 110102",
                "addressees = 各单位",
                "body_text = 请落实。",
                "publisher = 西城区教委",
                "index_no = 000",
                "! interpret.metadata_disagrees the page's metadata says title '甲通知', the notice itself '西城区关于开展乙工作的通知'",
                "! interpret.metadata_disagrees the page's metadata says issued_on '2021年3月1日', the notice itself '2021-04-01'",
            ],
        ),
        (
            "发文字号：西教发〔2021〕2号/索引号：000/西城区关于开展乙工作的通知/西教发〔2021〕3号/各单位：/请落实。",
            "",
            [
                "metadata: 发文字号：西教发〔2021〕2号",
                "metadata: 索引号：000",
                "title: 西城区关于开展乙工作的通知",
                "doc_number: 西教发〔2021〕3号",
                "addressees: 各单位：",
                "body_text: 请落实。",
                "title = 西城区关于开展乙工作的通知",
                "doc_number = 西教发〔2021〕3号",
                "plan_year = 2021",
                "region = 110102",
                "addressees = 各单位",
                "body_text = 请落实。",
                "index_no = 000",
                "! interpret.metadata_disagrees the page's metadata says doc_number '西教发〔2021〕2号', the notice itself '西教发[2021]3号'",
            ],
        ),
        (
            "西城区关于开展工作的通知/各单位：/请落实。/附件：任务分解表/1.甲/正文。",
            "",
            [
                "title: 西城区关于开展工作的通知",
                "addressees: 各单位：",
                "body_text: 请落实。",
                "attachments: 附件：任务分解表",
                "attachments: 1.甲",
                "body_text: 正文。",
                "title = 西城区关于开展工作的通知",
                "region = 110102",
                "addressees = 各单位",
                "body_text = 请落实。↵正文。",
                "attachment 1 任务分解表",
                "attachment 1 甲",
            ],
        ),
        (
            "西城区关于开展工作的通知/各单位：/附件：/1.甲表；/2.乙表。/正文。/3.丙",
            "",
            [
                "title: 西城区关于开展工作的通知",
                "addressees: 各单位：",
                "attachments: 附件：",
                "attachments: 1.甲表；",
                "attachments: 2.乙表。",
                "body_text: 正文。",
                "body_text: 3.丙",
                "title = 西城区关于开展工作的通知",
                "region = 110102",
                "addressees = 各单位",
                "body_text = 正文。↵3.丙",
                "attachment 1 甲表",
                "attachment 2 乙表",
            ],
        ),
        (
            "西城区关于开展工作的通知/请落实。/西城区教育委员会/2021年3月1日/2022年5月1日/（联系人：张三）/此件主动公开",
            "",
            [
                "title: 西城区关于开展工作的通知",
                "body_text: 请落实。",
                "signature: 西城区教育委员会",
                "issued_on: 2021年3月1日",
                "issued_on: 2022年5月1日",
                "access_note: （联系人：张三）",
                "access_note: 此件主动公开",
                "title = 西城区关于开展工作的通知",
                "issuer = 西城区教育委员会",
                "issuers = 西城区教育委员会",
                "issued_on = 2021-03-01",
                "plan_year = 2021",
                "region = 110102",
                "body_text = 请落实。",
                "access_note = 此件主动公开",
            ],
        ),
        (
            "西城区关于开展工作的通知/请落实，西城区教育委员会/西城区教育委员会",
            "",
            [
                "title: 西城区关于开展工作的通知",
                "body_text: 请落实，西城区教育委员会",
                "body_text: 西城区教育委员会",
                "title = 西城区关于开展工作的通知",
                "region = 110102",
                "body_text = 请落实，西城区教育委员会西城区教育委员会",
                "~ 请落实，西城区教育委员会 ‖ 西城区教育委员会",
            ],
        ),
        (
            "— 1 —/关于某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某/的通知/各单位：/请落实。",
            "",
            [
                "page_number: — 1 —",
                "title: 关于某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某",
                "title: 的通知",
                "addressees: 各单位：",
                "body_text: 请落实。",
                "title = 关于某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某某的通知",
                "addressees = 各单位",
                "body_text = 请落实。",
            ],
        ),
        (
            "任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任/各单位：",
            "",
            [
                "body_text: 任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任",
                "body_text: 各单位：",
                "body_text = 任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任任各单位：",
                "~ 任任任任任任任任任任任任任任任任任任任任 ‖ 各单位：",
            ],
        ),
        ("2021年任务表", "", ["title: 2021年任务表", "title = 2021年任务表", "plan_year = 2021"]),
        (
            "西城区关于开展工作的通知/请落实。",
            "抄报：区委。/西城区教委/其他说明/2021年3月2日印发/再说。",
            [
                "title: 西城区关于开展工作的通知",
                "body_text: 请落实。",
                "cc: 抄报：区委。",
                "printed_by: 西城区教委",
                "back_matter: 其他说明",
                "printed_on: 2021年3月2日印发",
                "back_matter: 再说。",
                "title = 西城区关于开展工作的通知",
                "printed_on = 2021-03-02",
                "region = 110102",
                "cc = 区委。",
                "body_text = 请落实。",
            ],
        ),
        (
            "西城区关于开展工作的通知/请落实。",
            "附：说明。",
            [
                "title: 西城区关于开展工作的通知",
                "body_text: 请落实。",
                "back_matter: 附：说明。",
                "title = 西城区关于开展工作的通知",
                "region = 110102",
                "body_text = 请落实。",
            ],
        ),
    ],
)
def test_each_line_of_a_notice_is_a_field(front: str, back: str, found: list[str]) -> None:
    assert read(front, back) == found


@pytest.mark.parametrize(
    ("plans", "found"),
    [
        (
            ("西城区2022年工作计划",),
            [
                "body_text: 正文。",
                "title = 西城区2022年工作计划",
                "plan_year = 2022",
                "region = 110102",
                "body_text = 正文。",
            ],
        ),
        (("工作计划",), ["body_text: 正文。", "body_text = 正文。"]),
        ((), ["body_text: 正文。", "body_text = 正文。"]),
    ],
)
def test_what_a_notice_does_not_print_its_plans_tell(plans: tuple[str, ...], found: list[str]) -> None:
    assert read("正文。", plans=plans) == found
