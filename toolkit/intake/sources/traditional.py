"""Reports in traditional characters: made simplified, character by character, as far as the form, its sections and the
names of units go. Whether a report is in traditional characters is told by the form's own words, never by a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_TRADITIONAL: Final = (
    "總體情況動開機關紅項條內製發廢現規範處許對強費額單業購採數量為議訴訟結轉辦給資訊請與關係於準確"
    "類絕屬國家祕秘密書據種護權益務過執檢查詢無掌補後導創舉報訪投復認獲糾維審經問題與改進須報見"
    "縣鄉鎮區廳務團黨員會員組織團體農業眾門衛產應財鐵財稅勞動險統計氣象聽證監督業貿濟環質檢驗疫場"
    "廣電視體廠園區學術語館運輸銀際東廣灣灤滬蘇遼寧陝贛瓊雲貴龍鳳馬鳥島漢濱濟滄蘆豐萬億陽陰間週"
    "並從個們來倉側傳傷僅價優兒兩兇剛剝別則創劃劉劍勵勝勢匯協卻參員嗎嘗圓圖團塊壞壓夠奪奮婦媽孫"
    "寫寬實審對專尋層岡嶺崗幣帥師帳幫庫廟張彈彎彙徑從徵應懷態慣戲戰戶採掃換揮損搖擇擊擔據擴攔數"
    "斷時書會條構樓標樣機橋檔權歐歡歲歷歸殘殺氣決沒況淚淨淺測渾湯溫準滅滿漁潔潛澤濃濕營爭爺牆狀"
    "獎獨環瑪瓦畝畫畢當療癢盜盞盡監盤眾確碼礎礦禮穩稱積穀窮競筆築簡簽糧紀約純紙紋納紐紡細終組絕"
    "絡統絲經緊緒線締編緣緩練縱縮總績繁織繳繼續罰羅義習聖聯聲職聽肅腦膚臨與興舊艙艱藝節莊萊蓋薦"
    "薩藍藥蘭處虛號蝕蟲術衛衝裝裡製複見規視覽覺觀觸計訂訓託記訊討許設訪評詐詞試詩該詳認誌語誤說"
    "誰課調談請論諒諮諾謀謝證識譜警譯議護譽讀變讓豐貝負財貢貧貨販貪責貴買費賀賃資賈賊賓賞賠賢賣"
    "賬質賴購贈贊趕趙跡踐躍車軌軍軟較載輔輕輝輛輩輪輯輸轄轉轟辭農邊這連進運過達違遙遞遠適選遺遼"
    "還郵鄧鄭醫釋針鈔鈞鈴鉛銀銅銘銷鋼錄錢錯鍋鍵鎖鎮鏈鏡鐘鐵鑒鑑長門閃閉開閑間閣閩闊闖陝陳陸陽隊"
    "階際隨險隱雖雙雜雞離難雲電霧靈靜頁頂順須預領頭頻顆題額願類顧顯風飛飯飲飽館駐駕駛驅驗驚體髮"
    "鬥魚鮮鳴鴻鹽麗麥黃點齊齡龍龔龜糾勘稽釐項擬詢輿"
    "減級佈臺異幾慶懸帶餘麼冊刪覈貼欄銜災註迴嚮尙衹隻羣裏啟啓爲綫衆鎭戸録説閲査幹産獻鞏舉據遞滯滬測"
)
_SIMPLIFIED: Final = (
    "总体情况动开机关红项条内制发废现规范处许对强费额单业购采数量为议诉讼结转办给资讯请与关系于准确"
    "类绝属国家秘秘密书据种护权益务过执检查询无掌补后导创举报访投复认获纠维审经问题与改进须报见"
    "县乡镇区厅务团党员会员组织团体农业众门卫产应财铁财税劳动险统计气象听证监督业贸济环质检验疫场"
    "广电视体厂园区学术语馆运输银际东广湾滦沪苏辽宁陕赣琼云贵龙凤马鸟岛汉滨济沧芦丰万亿阳阴间周"
    "并从个们来仓侧传伤仅价优儿两凶刚剥别则创划刘剑励胜势汇协却参员吗尝圆图团块坏压够夺奋妇妈孙"
    "写宽实审对专寻层冈岭岗币帅师帐帮库庙张弹弯汇径从征应怀态惯戏战户采扫换挥损摇择击担据扩拦数"
    "断时书会条构楼标样机桥档权欧欢岁历归残杀气决没况泪净浅测浑汤温准灭满渔洁潜泽浓湿营争爷墙状"
    "奖独环玛瓦亩画毕当疗痒盗盏尽监盘众确码础矿礼稳称积谷穷竞笔筑简签粮纪约纯纸纹纳纽纺细终组绝"
    "络统丝经紧绪线缔编缘缓练纵缩总绩繁织缴继续罚罗义习圣联声职听肃脑肤临与兴旧舱艰艺节庄莱盖荐"
    "萨蓝药兰处虚号蚀虫术卫冲装里制复见规视览觉观触计订训托记讯讨许设访评诈词试诗该详认志语误说"
    "谁课调谈请论谅咨诺谋谢证识谱警译议护誉读变让丰贝负财贡贫货贩贪责贵买费贺赁资贾贼宾赏赔贤卖"
    "账质赖购赠赞赶赵迹践跃车轨军软较载辅轻辉辆辈轮辑输辖转轰辞农边这连进运过达违遥递远适选遗辽"
    "还邮邓郑医释针钞钧铃铅银铜铭销钢录钱错锅键锁镇链镜钟铁鉴鉴长门闪闭开闲间阁闽阔闯陕陈陆阳队"
    "阶际随险隐虽双杂鸡离难云电雾灵静页顶顺须预领头频颗题额愿类顾显风飞饭饮饱馆驻驾驶驱验惊体发"
    "斗鱼鲜鸣鸿盐丽麦黄点齐龄龙龚龟纠勘稽厘项拟询舆"
    "减级布台异几庆悬带余么册删核贴栏衔灾注回向尚只只群里启启为线众镇户录说阅查干产献巩举据递滞沪测"
)
_TABLE: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)

_FORM: Final = ("總體情況", "政府信息公開", "法人或其他組織", "收到和處理", "行政復議", "行政複議", "規範性文件")
"""Words of every report of the form that simplified characters write otherwise."""

ENOUGH: Final = 2
"""So many of them tell; one may stand in a simplified report as a quotation."""


def spoken(lines: Iterable[str]) -> bool:
    """Whether lines are in traditional characters: several words of the form stand there so."""
    whole = "".join(lines)
    close = "".join(whole.split())
    return sum(word in close for word in _FORM) >= ENOUGH


def simplified(words: str) -> str:
    """Words in simplified characters, those we do not know left as they are."""
    return words.replace("反覆", "反复").translate(_TABLE)
