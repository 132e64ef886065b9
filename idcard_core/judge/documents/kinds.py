"""The documents that are told from one another."""

from __future__ import annotations

from enum import Enum


class DocumentKind(str, Enum):
    """A document that is no resident identity card; the values are stable."""

    BANK_CARD = "bank_card"
    """银行卡."""
    DRIVING_LICENCE = "driving_licence"
    """机动车驾驶证."""
    VEHICLE_LICENCE = "vehicle_licence"
    """机动车行驶证."""
    SOCIAL_SECURITY_CARD = "social_security_card"
    """社会保障卡."""
    HONG_KONG_MACAO_PERMIT = "hong_kong_macao_permit"
    """往来港澳通行证: mainland residents', to Hong Kong and Macao."""
    TAIWAN_PERMIT = "taiwan_permit"
    """往来台湾通行证: mainland residents', to Taiwan."""
    HOME_RETURN_PERMIT = "home_return_permit"
    """港澳居民来往内地通行证 (回乡证): Hong Kong and Macao residents', to the mainland."""
    TAIWAN_COMPATRIOT_PERMIT = "taiwan_compatriot_permit"
    """台湾居民来往大陆通行证 (台胞证): Taiwan residents', to the mainland."""
    HONG_KONG_MACAO_RESIDENCE_PERMIT = "hong_kong_macao_residence_permit"
    """港澳居民居住证."""
    TAIWAN_RESIDENCE_PERMIT = "taiwan_residence_permit"
    """台湾居民居住证."""
    RESIDENCE_PERMIT = "residence_permit"
    """居住证: mainland residents' away from home."""
    FOREIGN_RESIDENT_CARD = "foreign_resident_card"
    """外国人永久居留身份证."""
    PASSPORT = "passport"
    """护照, of any state."""
    FOREIGN_IDENTITY_CARD = "foreign_identity_card"
    """Identity cards of Hong Kong, Macao and Taiwan."""
    BUSINESS_CARD = "business_card"
    """名片."""
    STUDENT_CARD = "student_card"
    """学生证."""
    WORK_PERMIT = "work_permit"
    """工作证, and other passes an employer issues."""
    HOUSEHOLD_REGISTER = "household_register"
    """居民户口簿."""
    MARRIAGE_CERTIFICATE = "marriage_certificate"
    """结婚证, 离婚证."""
    BUSINESS_LICENCE = "business_licence"
    """营业执照."""
    MILITARY_CERTIFICATE = "military_certificate"
    """军官证, 士兵证 and the like."""
    POLICE_CERTIFICATE = "police_certificate"
    """人民警察证."""
    CERTIFICATE = "certificate"
    """Another certificate or pass with its name printed on it."""

    @property
    def is_residence_permit(self) -> bool:
        """Whether it is laid out as an identity card is, for residents of Hong Kong, Macao or Taiwan."""
        return self in (self.HONG_KONG_MACAO_RESIDENCE_PERMIT, self.TAIWAN_RESIDENCE_PERMIT)
