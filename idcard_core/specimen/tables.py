"""Word lists that fictional people and addresses are made of.

All lists are own selections of everyday words; none comes from a register of persons. The nations are those of
GB/T 3304 as printed on a card, without 族.
"""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NATIONS = _words(
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 "
    "水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 "
    "俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
"""The 56 nations in the order of GB/T 3304."""
COMPOUND_SURNAMES = _words("欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 长孙 宇文 司徒 令狐 夏侯")
RARE_SURNAMES = "仫隗亓仉逄禤佘昝郗郄麹蹇笪缑妫郏鄢鞠晏逯璩濮於衣仝冼"
"""Surnames that recognisers often miss."""

MALE_CHARACTERS = (
    "伟强磊军洋勇杰涛超明刚平辉鹏飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢阳建华亮成建国志文博子轩浩然嘉豪睿晨一诺天佑思远立"
    "诚德海永福万山振东耀祖少卿仕己士土木未力云启航承恩家栋学礼世荣金水根生保大小卫民爱党"
)
FEMALE_CHARACTERS = (
    "芳娜敏静丽艳娟霞秀兰燕玲桂英丹萍红玉梅莉倩婷雪慧琳洁晶欣怡佳颖悦琴梦瑶雨涵可馨诗语若曦依诺语嫣紫萱春花素珍凤仙"
    "月娥淑贞巧云彩虹小妹亚男招娣银环冬梅秋菊爱莲玉环惠如意翠竹"
)
RARE_CHARACTERS = (
    "旻珅琀昊昱旸晟垚淼焱犇翀翊奕赟昕晗珺琪玥璟璐璇瑾瑄琬琰煜烨炜炘烜熠湉沄沅洺淏渼漪瀍浉鋆钰钦镕铖锴骐骏骞祎禛禹颢"
    "颉昶晞晔晖曌珩珞玮玢玘芃芊芮茗荃菡蕤蘅妤妍姝婧婳嫕嫘"
)
"""Given-name characters that are rare or look like a commoner one (昊 like 吴, 晗 like 哈, 钰 like 玉)."""

MINORITY_GIVEN = _words(
    "阿卜杜拉 阿依古丽 迪丽努尔 买买提 艾合买提 吐尔逊 古丽巴哈尔 热依汗 努尔买买提 阿布都热合曼 帕提古丽 玉素甫 "
    "艾尔肯 麦麦提江 扎西 多吉 次仁 卓玛 央金 格桑 旺堆 洛桑 尼玛 拉姆 丹增 平措 吉克 阿呷 木乃 尔古 沙马 "
    "曲比 巴特尔 乌兰 其其格 苏日娜 额尔德尼 哈斯 朝鲁 阿古拉 叶尔兰 加娜尔 赛里克 努尔兰 胡安德克 库尔班江 "
    "阿曼古丽 玛依拉 塔依尔 伊力哈木 再娜甫 布合力其 色日古楞 永忠多杰 桑吉 才让"
)
"""Parts of fictional minority names; joined by U+00B7."""
TOWNS = _words(
    "城关镇 新华镇 河东镇 柳林镇 太平镇 双桥镇 石桥乡 大湾乡 白沙镇 龙泉镇 清水镇 红旗乡 马家坪乡 三岔口镇 "
    "南坪镇 青山街道 东风街道 解放街道 沙坪镇 高桥镇 前进农场 凤凰镇 小河乡 大营镇 云台镇 永安镇 兴隆镇 金山镇 "
    "安平镇 长河乡 平安镇 三河镇 大桥镇 北关街道 城西街道 梅林镇 东升乡"
)
RARE_TOWNS = _words("埇桥镇 隰州镇 瀍河镇 浉河港镇 蒗蕖乡 罾坝乡 磡头镇 圪台乡 塬上镇 垴头乡 峧口镇 甪直镇 黄泥塝镇")
"""Towns whose names recognisers often miss."""

VILLAGES = _words(
    "李家 王庄 前进 团结 东风 张家湾 上河 下坝 石门 大塘 杨柳 新立 红星 胜利 光明 小岗 西营 南沟 北岔 桃花 "
    "后寨 圪塔 土门 士林 未庄 己湾 朱仙 塬头 磨盘 松树坪 五里 十八里 岜盆 那蒙 布朗 垭口 岔河"
)
ROADS = _words(
    "人民路 中山路 解放大道 建设街 文化路 和平街 新华路 长江路 黄河大街 民族路 学府街 滨河南路 胜利西街 环城北路 "
    "府前街 迎宾大道 幸福里 槐树巷 前门胡同 青年东路 工业一路 朝阳北大街 友谊路 南京西路 五一路 八一街 书院弄"
)
ESTATES = _words(
    "阳光花园 锦绣家园 东湖小区 金域蓝湾 翠竹苑 时代广场 教师新村 水岸名都 世纪城 幸福里小区 绿地新城 丽景苑 "
    "和谐家园 机床厂宿舍 铁路新村 万科城 紫金华府 翡翠湾 天鹅湖畔 保利香槟"
)
