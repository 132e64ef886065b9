"""What is printed on each document: its titles, and the labels that stand beside its values.

The identity card itself has a profile, too, so that its own words are told from those of others.
"""

from __future__ import annotations

from dataclasses import dataclass

from idcard_core.judge.documents.kinds import DocumentKind


@dataclass(frozen=True, slots=True)
class Profile:
    """Titles fill a line, or nearly; words stand anywhere in a line, but short ones only at its beginning."""

    titles: tuple[str, ...]
    words: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    """Those of the words that no other document has: several of them tell it without its title."""
    issuers: tuple[str, ...] = ()
    """How a line with the issuer's name ends."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


IDENTITY_CARD = Profile(
    titles=_words("居民身份证 临时居民身份证"),
    words=_words("公民身份号码 姓名 性别 民族 出生 住址 签发机关 有效期限"),
)
"""GA 490-2013 (居民身份证机读信息规范), GA 450."""

PROFILES: dict[DocumentKind, Profile] = {
    # GA 482-2012, 中华人民共和国机动车驾驶证件; the second sheet (副页) names the classes
    DocumentKind.DRIVING_LICENCE: Profile(
        titles=(
            "机动车驾驶证",
            "驾驶证",
            "机动车驾驶证副页",
            "DRIVINGLICENSEOFTHEPEOPLESREPUBLICOFCHINA",
            "准驾车型代号规定",
        ),
        words=(
            *_words("证号 国籍 出生日期 初次领证日期 准驾车型 有效期限 有效起始日期 档案编号 记录 累积记分 住址"),
            *_words("DATEOFFIRSTISSUE VALIDPERIOD NATIONALITY LICENSENO"),
        ),
        own=_words("初次领证日期 准驾车型 DATEOFFIRSTISSUE"),
    ),
    # GA 37-2008, 中华人民共和国机动车行驶证
    DocumentKind.VEHICLE_LICENCE: Profile(
        titles=("机动车行驶证", "行驶证", "机动车行驶证副页", "VEHICLELICENSEOFTHEPEOPLESREPUBLICOFCHINA"),
        words=(
            *_words("号牌号码 车辆类型 所有人 使用性质 品牌型号 车辆识别代号 发动机号码 注册日期 发证日期 核定载人数"),
            *_words("总质量 整备质量 核定载质量 外廓尺寸 准牵引总质量 检验记录 档案编号"),
            *_words("USECHARACTER ENGINENO VEHICLETYPE REGISTERDATE PLATENO"),
        ),
        own=_words("号牌号码 车辆类型 使用性质 车辆识别代号 发动机号码 核定载人数 整备质量 外廓尺寸 准牵引总质量"),
    ),
    # 社会保障（个人）卡规范 LB 002-2000 and LD/T 32-2015
    DocumentKind.SOCIAL_SECURITY_CARD: Profile(
        titles=_words("社会保障卡 社保卡 社会保障市民卡 SOCIALSECURITYCARD"),
        words=_words(
            "社会保障号码 社会保障号 发卡日期 人力资源和社会保障部 人力资源和社会保障局 社会保障卡服务 银行账号"
        ),
        own=_words("社会保障号码 人力资源和社会保障部 发卡日期"),
    ),
    # 公安部出入境管理局: the card form of 2014, the booklet before it
    DocumentKind.HONG_KONG_MACAO_PERMIT: Profile(
        titles=("往来港澳通行证", "港澳通行证", "EXITENTRYPERMITFORTRAVELLINGTOANDFROMHONGKONGANDMACAO"),
        words=_words("签发地点 签发机关 有效期限 出生日期 公安部出入境管理局 出入境管理局 签注 PLACEOFISSUE"),
    ),
    # the card form of 2017
    DocumentKind.TAIWAN_PERMIT: Profile(
        titles=(
            "往来台湾通行证",
            "台湾通行证",
            "大陆居民往来台湾通行证",
            "EXITENTRYPERMITFORTRAVELLINGTOANDFROMTAIWAN",
        ),
        words=_words("签发地点 签发机关 有效期限 出生日期 公安部出入境管理局 出入境管理局 签注 PLACEOFISSUE"),
    ),
    # the card forms of 1999, 2012 and 2024
    DocumentKind.HOME_RETURN_PERMIT: Profile(
        titles=("港澳居民来往内地通行证", "回乡证", "MAINLANDTRAVELPERMITFORHONGKONGANDMACAORESIDENTS"),
        words=_words("证件号码 签发机关 有效期限 出生日期 换证次数 签发地点 出入境管理局 港澳证件号码"),
    ),
    # the card form of 2015, the booklet before it
    DocumentKind.TAIWAN_COMPATRIOT_PERMIT: Profile(
        titles=("台湾居民来往大陆通行证", "台胞证", "MAINLANDTRAVELPERMITFORTAIWANRESIDENTS"),
        words=_words("证件号码 签发机关 有效期限 出生日期 签发次数 签发地点 出入境管理局 身份证件号码"),
    ),
    # 港澳台居民居住证申领发放办法 (国办发〔2018〕81号), article 7: what is on the card
    DocumentKind.HONG_KONG_MACAO_RESIDENCE_PERMIT: Profile(
        titles=("港澳居民居住证",),
        words=_words("签发机关 有效期限 通行证号码 签发次数"),
        own=_words("通行证号码 签发次数"),
    ),
    DocumentKind.TAIWAN_RESIDENCE_PERMIT: Profile(
        titles=("台湾居民居住证",), words=_words("签发机关 有效期限 通行证号码 签发次数")
    ),
    # 居住证暂行条例 (国务院令第663号), article 4
    DocumentKind.RESIDENCE_PERMIT: Profile(
        titles=_words("居住证 暂住证 流动人口居住证 人才引进居住证"),
        words=_words(
            "常住户口所在地住址 居住地住址 户籍地址 居住地址 现住址 现居住地 签发机关 签发日期 有效期限 公民身份号码"
        ),
        own=_words("常住户口所在地住址 居住地住址 户籍地址 居住地址"),
    ),
    # 国家移民管理局: the forms of 2017 and of 2023
    DocumentKind.FOREIGN_RESIDENT_CARD: Profile(
        titles=_words("外国人永久居留身份证 外国人永久居留证 永久居留身份证 FOREIGNPERMANENTRESIDENTIDCARD"),
        words=_words(
            "证件号码 有效期限 签发机关 出生日期 国籍 国家移民管理局 曾持证件号码 NATIONALITY CARDNO PERIODOFVALIDITY"
        ),
        own=_words("国家移民管理局 曾持证件号码 PERIODOFVALIDITY"),
    ),
    # ICAO Doc 9303 part 4: the visual inspection zone
    DocumentKind.PASSPORT: Profile(
        titles=_words("护照 普通护照 PASSPORT PASSEPORT PASAPORTE REISEPASS 护照PASSPORT"),
        words=(
            *_words("护照号 护照号码 国家码 国籍 出生地点 签发地点 签发机关 有效期至 持照人签名 出生日期 签发日期"),
            *_words("PASSPORTNO COUNTRYCODE NATIONALITY PLACEOFBIRTH PLACEOFISSUE DATEOFISSUE DATEOFEXPIRY AUTHORITY"),
            *_words("SURNAME GIVENNAMES DATEOFBIRTH BEARERSSIGNATURE 公安部出入境管理局 国家移民管理局"),
        ),
        own=_words("护照号 国家码 持照人签名 PASSPORTNO COUNTRYCODE"),
    ),
    # 香港入境事務處, 澳門身份證明局, 內政部戶政司: what their cards are called; read in simplified form
    DocumentKind.FOREIGN_IDENTITY_CARD: Profile(
        titles=(
            *_words(
                "香港永久性居民身份证 香港居民身份证 澳门特别行政区永久性居民身份证 永久性居民身份证 非永久性居民身份证"
            ),
            *_words("中华民国国民身分证 国民身分证 HONGKONGPERMANENTIDENTITYCARD HONGKONGIDENTITYCARD"),
            *_words("BILHETEDEIDENTIDADEDERESIDENTEPERMANENTE"),
        ),
        words=_words("出生日期 签发日期 统一编号 发证日期 首次发出日期 DATEOFBIRTH DATEOFISSUE DATADENASCIMENTO"),
    ),
    DocumentKind.STUDENT_CARD: Profile(
        issuers=_words("大学 学院 学校 中学 小学 图书馆"),
        titles=_words(
            "学生证 研究生证 图书证 借书证 借阅证 阅览证 读者证 借书卡 借阅卡 读者卡 校园卡 校园一卡通 "
            "STUDENTCARD STUDENTIDCARD STUDENTIDENTITYCARD LIBRARYCARD READERCARD"
        ),
        words=_words(
            "学号 学院 专业 班级 院系 系别 年级 入学日期 入学时间 学制 学校 注册 乘车区间 读者类型 办证日期 STUDENTNO "
            "STUDENTID"
        ),
    ),
    DocumentKind.WORK_PERMIT: Profile(
        issuers=_words("公司 集团 医院 大学 学院 局 中心 委员会"),
        titles=_words("工作证 员工证 工作牌 上岗证 胸卡 出入证 WORKPERMIT EMPLOYEECARD STAFFCARD EMPLOYEEIDCARD"),
        words=_words("部门 职务 职位 工号 编号 岗位 单位 科室 职称 员工编号 DEPARTMENT POSITION"),
    ),
    # 公安部, 常住人口登记: cover, first page, and a page a member
    DocumentKind.HOUSEHOLD_REGISTER: Profile(
        titles=_words("居民户口簿 常住人口登记卡 户口簿 户口本 住址变动登记"),
        words=_words(
            "户主姓名 户别 户号 户主或与户主关系 曾用名 出生地 籍贯 本市县其他住址 宗教信仰 公民身份证件编号 文化程度 "
            "婚姻状况 兵役状况 服务处所 何时由何地迁来本市县 何时由何地迁来本址 户口登记机关 "
            "承办人签章 登记日期 注意事项"
        ),
        own=_words(
            "户主或与户主关系 本市县其他住址 何时由何地迁来本市县 何时由何地迁来本址 宗教信仰 兵役状况 服务处所"
        ),
    ),
    # 民政部, 婚姻登记工作规范
    DocumentKind.MARRIAGE_CERTIFICATE: Profile(
        titles=_words("结婚证 离婚证 夫妻关系证明书"),
        words=_words(
            "持证人 登记日期 结婚证字号 离婚证字号 身份证件号 国籍 出生日期 婚姻登记员 婚姻登记专用章 登记机关 备注"
        ),
        own=_words("结婚证字号 离婚证字号 婚姻登记员 婚姻登记专用章 身份证件号"),
    ),
    # 国家市场监督管理总局, the forms of 2014 and 2019
    DocumentKind.BUSINESS_LICENCE: Profile(
        titles=_words("营业执照 企业法人营业执照 个体工商户营业执照"),
        words=_words(
            "统一社会信用代码 名称 类型 法定代表人 经营范围 注册资本 成立日期 营业期限 住所 登记机关 经营者 组成形式 "
            "经营场所 扫描二维码登录 国家企业信用信息公示系统"
        ),
        own=_words("统一社会信用代码 法定代表人 经营范围 注册资本"),
    ),
    DocumentKind.MILITARY_CERTIFICATE: Profile(
        titles=_words("军官证 士兵证 文职干部证 义务兵证 士官证 警官证 学员证 中国人民解放军军官证 退役军人优待证"),
        words=_words("部别 职务 军衔 发证机关 有效期 籍贯 编号 证件编号 血型 军字第 衔级 中央军事委员会"),
    ),
    DocumentKind.POLICE_CERTIFICATE: Profile(
        titles=_words("人民警察证 CHINAPOLICE PEOPLESPOLICECARD"),
        words=_words("警号 警衔 职务 单位 有效期限 公安部制 公安局 中华人民共和国公安部"),
    ),
    DocumentKind.CERTIFICATE: Profile(
        titles=_words(
            "残疾人证 老年人优待证 健康证 健康证明 出生医学证明 从业资格证 道路运输从业资格证 特种作业操作证 "
            "毕业证书 学位证书 教师资格证 教师资格证书 律师执业证 医师资格证书 医师执业证书 护士执业证书 记者证 导游证 "
            "海员证 船员服务簿 独生子女父母光荣证 职业资格证书 不动产权证书 房屋所有权证 道路运输证 "
            "机动车登记证书 旅行证 边境管理区通行证 "
            "行政执法证 献血证 无偿献血证 准考证 就业创业证 失业登记证"
        ),
        words=_words(
            "证号 证书编号 编号 发证机关 发证日期 有效期 有效期至 姓名 性别 签发机关 残疾类别 残疾等级 "
            "身份证号 批准日期 照片"
        ),
    ),
    DocumentKind.MEMBERSHIP_CARD: Profile(
        issuers=_words("超市 商场 百货 俱乐部 会所 便利店 商城 影城 药房 酒店 书店 广场 中心 公司"),
        titles=_words(
            "会员卡 积分卡 贵宾卡 储值卡 购物卡 礼品卡 房卡 VIPCARD MEMBERSHIPCARD MEMBERCARD GIFTCARD ROOMKEY "
            "ROOMCARD KEYCARD"
        ),
        words=_words("卡号 会员卡号 有效期 本卡 积分 客服热线 服务热线 使用须知 最终解释权 编号 CARDNO"),
    ),
    DocumentKind.TRANSIT_CARD: Profile(
        issuers=_words("公交 地铁 轨道交通 公司 集团"),
        titles=_words(
            "公交卡 公交一卡通 城市一卡通 交通一卡通 城市公交一卡通 市民卡 交通卡 地铁卡 CITYTRANSITCARD TRANSITCARD "
            "TRANSPORTATIONCARD CITYUNIONCARD"
        ),
        words=_words("卡号 交通联合 普通卡 学生卡 老年卡 押金 充值 本卡 客服热线 CARDNO TUNION"),
    ),
    DocumentKind.MEDICAL_CARD: Profile(
        issuers=_words("医院 卫生院 诊所 门诊部 卫生服务中心"),
        titles=_words("就诊卡 诊疗卡 医疗卡 医疗保险卡 医保卡 居民健康卡 健康卡 门诊卡 医疗保险证"),
        words=_words("卡号 就诊号 病历号 登记号 门诊号 诊疗卡号 电话 性别 发卡日期 医保编号 CARDNO"),
    ),
}

BANK_NAMES = _words(
    "中国工商银行 中国农业银行 中国银行 中国建设银行 交通银行 中国邮政储蓄银行 招商银行 中信银行 中国光大银行 华夏银行 "
    "中国民生银行 广发银行 平安银行 兴业银行 浦发银行 上海浦东发展银行 浙商银行 渤海银行 恒丰银行 北京银行 "
    "上海银行 江苏银行 宁波银行 南京银行 杭州银行 徽商银行 农村信用社 农村商业银行 村镇银行 城市商业银行"
)
"""National banks and the larger ones of provinces (国家金融监督管理总局, 银行业金融机构法人名单)."""
BANK_LATIN = _words(
    "ICBC AGRICULTURALBANKOFCHINA BANKOFCHINA CHINACONSTRUCTIONBANK BANKOFCOMMUNICATIONS CHINAMERCHANTSBANK CITICBANK "
    "POSTALSAVINGSBANK CHINAEVERBRIGHTBANK MINSHENGBANK PINGANBANK HUAXIABANK SPDBANK BANKOFBEIJING BANKOFSHANGHAI"
)
BANK_WORDS = _words(
    "银联 借记卡 储蓄卡 信用卡 贷记卡 准贷记卡 闪付 理财卡 白金卡 金卡 公务卡 持卡人签名 授权签名 有效期 卡号 UNIONPAY "
    "QUICKPASS VISA MASTERCARD DEBIT CREDIT PLATINUM VALIDTHRU MONTHYEAR GOODTHRU AUTHORIZEDSIGNATURE VALIDFROM EXPIRES"
)
"""Names of networks and of kinds of cards, and what stands beside date and signature (ISO/IEC 7813)."""
BANK_BACK = _words(
    "持卡人签名 授权签名 未经签名无效 妥善保管密码 发卡银行 AUTHORIZEDSIGNATURE NOTVALIDUNLESSSIGNED "
    "借记卡章程 储蓄卡章程 贷记卡章程 信用卡章程"
)
"""What stands on the back of a bank card, which need not name the bank."""

TILL_WORDS = _words(
    "合计 小计 金额 找零 收银 单价 数量 实收 应收 商户 交易 发票 凭证 件数 支付 小票 收款 付款 余额 转账 账单 订单 "
    "退款 税额 价税 税率 购买方 销售方 流水号 终端号 批次号 总计 优惠 折扣 配送 运费 快递 收件 寄件"
)
"""Words of receipts, invoices, statements and parcels."""
