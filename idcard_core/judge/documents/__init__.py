"""Tells other documents than identity cards by the text read on them: bank cards, licences, permits, passports.

>>> kind_of(["中华人民共和国机动车驾驶证", "证号", "准驾车型 C1"])
<DocumentKind.DRIVING_LICENCE: 'driving_licence'>
"""

from idcard_core.judge.documents.evidence import evidence, kind_of
from idcard_core.judge.documents.kinds import DocumentKind
from idcard_core.judge.documents.residence import is_residence_permit

__all__ = ["DocumentKind", "evidence", "is_residence_permit", "kind_of"]
