"""Business cards: they have no title, but a job title, and ways to reach a person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from idcard_core.judge.documents.wording import Wording

_MAIL = re.compile(r"[A-Z0-9._\-]{2,}\s?@\s?[A-Z0-9\-]{2,}\s?[.,]\s?[A-Z]{2,}")
_MOBILE = re.compile(r"(?<![0-9])(?:\+?86[ \-]?)?1[3-9][0-9][ \-]?[0-9]{4}[ \-]?[0-9]{4}(?![0-9])")
"""Mobile numbers: 1, then 3 to 9 (工业和信息化部, 电信网编号计划)."""
_LANDLINE = re.compile(r"(?<![0-9])\(?(?:0|\+?86[ \-]?0?)[1-9][0-9]{1,2}\)?[ \-]?[2-9][0-9]{6,7}(?![0-9])")
_SITE = re.compile(r"WWW\s?[.,]\s?[A-Z0-9\-]+|HTTPS?[:;]//")
_JOB = re.compile(
    r"(?:经理|总监|董事长|总裁|工程师|顾问|主任|主管|会计师|律师|设计师|教授|研究员|代表|合伙人|秘书长|院长|所长|部长|处长|科长|"
    r"厂长|助理|专员|销售|客服|架构师|分析师|建筑师|编辑|记者|店长|创始人|教师|医师|编审)(?:$|.{2,3}$)"
)
_JOB_LATIN = re.compile(
    r"(?:MANAGER|DIRECTOR|ENGINEER|CONSULTANT|PRESIDENT|CEO|CTO|CFO|PARTNER|PROFESSOR|DESIGNER|ASSISTANT|SALES|FOUNDER)"
)
_NO_CARD = re.compile(r"招聘|诚聘|薪资|甲方|乙方|签章|盖章|合同")
"""Words of advertisements and contracts, which name jobs and telephones, too."""
_COMPANY = re.compile(
    r"(?:有限公司|有限责任公司|集团|研究院|研究所|事务所|大学|工作室|分公司|学院|医院|CO\.?,?LTD|INC\.?|LIMITED)$"
)
_LABELS = (
    re.compile(
        r"^(?:手机|电话|传真|邮箱|邮件|地址|网址|邮编|座机|直线|总机|微信|QQ|TEL|FAX|MOB|MOBILE|E-?MAIL|ADD|WEB|PHONE)"
    ),
)
MOST_LINES = 22
"""Lines a card has at most, both languages counted."""
FEW = 10
LONGEST_JOB = 14
"""Ideographs of a line that is a name, a job, or both."""


def business_card_score(wordings: Sequence[Wording]) -> float:
    """The evidence (in the units of ``evidence``) that lines are of a business card.

    A job or a company must be there, and two ways to reach somebody: a shop's receipt or a letter has one or the other.
    """
    if len(wordings) > MOST_LINES or any(_NO_CARD.search(wording.han) for wording in wordings):
        return 0.0
    texts = [wording.text for wording in wordings]
    mail, mobile, landline, site = (
        any(pattern.search(text) for text in texts) for pattern in (_MAIL, _MOBILE, _LANDLINE, _SITE)
    )
    job = any(_JOB.search(w.han) and len(w.han) <= LONGEST_JOB for w in wordings) or any(
        _JOB_LATIN.search(w.latin) for w in wordings
    )
    company = any(_COMPANY.search(w.han) or _COMPANY.search(w.text.strip()) for w in wordings)
    labels = sum(any(pattern.search(text.strip()) for pattern in _LABELS) for text in texts)
    ways = mail + mobile + landline + site
    if not (job or (company and mail)) or ways < (1 if job and company and labels else 2):
        return 0.0
    few = 0.5 if len(wordings) <= FEW else 0.0
    return 1.5 * job + 1.0 * company + 1.0 * ways + 0.5 * mail + 0.5 * min(3, labels) + few
