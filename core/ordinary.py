"""Whether what looks like a person's name in a text may as well be an ordinary word."""

# Words of two characters that begin with a family name: somebody may be called so, and everybody says so.
_NAMES_THAT_ARE_WORDS = """
安全 安排 安心 安静 安装 安置 安康 安定 白天 白云 白雪 包括 包装 毕竟 毕业 边上 别人 常常 常年 常委 车间 车辆 陈旧 陈述 成立
成功 成员 成果 成绩 成本 程序 程度 丛林 单位 单独 单据 单价 丁点 东西 东边 董事 段落 范围 方便 方面 方向 方案 方法 方式 方圆
房屋 房子 费用 封闭 符合 付款 甘心 干部 干净 高兴 高度 高效 高速 高级 高低 高中 高峰 高原 高出 高于 高明 高山 葛根 公安 公开
公司 公路 公平 公正 公示 公告 公道 古代 顾客 顾虑 关于 关系 关键 关心 关注 管理 管道 广大 广场 国家 国庆 国土 过程 海关 海洋
何时 何必 和平 和谐 贺信 洪水 洪亮 胡同 胡乱 花园 花费 花朵 华丽 黄河 黄色 黄金 吉祥 计划 计算 纪律 季度 季节 江山 江南 江河
金融 金额 金山 金属 金黄 景区 景色 康复 兰花 蓝天 劳动 劳务 雷雨 雷电 黎明 力量 利益 连续 廉洁 廉政 林业 林地 刘海 柳树 龙头
龙舟 楼房 楼上 陆续 陆地 路口 路面 路灯 罗列 马上 马路 马力 毛病 毛利 梅花 门口 明白 明天 明确 明显 明年 宁可 宁愿 宁静 牛奶
欧洲 彭湃 平安 平时 平常 平台 平均 平静 齐全 钱款 强调 强制 强行 秦岭 曲折 屈服 全部 全面 全程 全县 任务 任何 任意 任命 容易
荣誉 沙石 山区 申请 申报 申诉 沈阳 盛大 施工 施行 石头 石油 石山 时间 时候 时常 时期 史上 舒服 水平 水电 水库 司机 司法 宋体
苏州 孙子 谈话 汤药 唐突 陶瓷 田地 田野 田间 田园 铁路 童年 万一 万元 万事 汪洋 王国 王朝 危险 危害 卫生 卫健 温和 温度 温暖
文明 文化 文件 文字 文书 文静 巫山 武装 武断 武术 席位 夏天 项目 向前 向上 向来 向阳 向往 肖像 萧条 谢谢 辛苦 熊猫 许可 许多
严格 严重 严肃 颜色 阳光 阳台 杨柳 杨树 叶子 易于 殷实 应当 应该 应急 尤其 游客 游泳 于是 余下 余额 余款 元月 元旦 岳父 云南
云彩 曾经 查看 查处 查询 展开 展示 张开 张贴 张望 章程 章法 支持 支付 支部 钟头 周边 周期 周围 周一 周二 周三 周四 周五 周六
周日 周全 周末 周年 周到 祝愿 庄稼 庄严 庄园 卓越 左右 左边
"""
# Words of two characters that end with a family name: before a short name they make it look like the end of a word.
_WORDS_BEFORE_NAMES = """
主张 紧张 纸张 扩张 开张 夸张 慌张 国王 大王 对方 地方 双方 官方 警方 乙方 甲方 一方 多方 东方 西方 南方 北方 公文 作文 中文
原文 条文 当时 同时 及时 按时 超时 工时 小时 有时 平时 随时 临时 到时 关于 由于 对于 属于 处于 在于 终于 至于 基于 位于 等于
完成 造成 达成 形成 构成 建成 过程 工程 流程 章程 路程 主任 责任 信任 担任 现任 道路 公路 马路 铁路 线路 走路 修路 最高 提高
很高 太高 升高 黄金 资金 现金 基金 奖金 押金 罚金 租金 税金 本金 定金 水平 不平 和平 太平 公平 树林 森林 园林 造林 山林 石头
行李 桃李 千万 百万 两万 几万 十万 明白 空白 表白 治安 公安 保安 平安 早安 不安 长江 过江 白云 不和 总和 温和 停车 汽车 货车
火车 班车 公车 堵车 修车 开车 牛羊 黄牛 供应 反应 相应 效应 美元 公元 万元 千元 百元 事项 款项 选项 各项 一项 方向 走向 去向
转向 意向 倾向 高山 下山 上山 边防 消防 海关 有关 机关 相关 开关 难关 无关 村庄 山庄 收费 缴费 交费 浪费 免费 经费 话费 学费
水费 电费 车费 路费 税费 年纪 世纪 违纪 党纪 政纪 四季 汽油 田地 农田 水田 稻田 桥梁 房梁 检查 调查 审查 核查 抽查 清查 办公
施工 全国 外国 安全 完全 齐全 健全 名单 清单 订单 账单 罚单 简单 理解 了解 缓解 调解 误解
"""
_LIKE_NAMES = frozenset(_NAMES_THAT_ARE_WORDS.split())
_BEFORE_NAMES = frozenset(_WORDS_BEFORE_NAMES.split())
_SHORT_NAME = 2
# Where a name is announced or addressed, a word is a name after all.
_ANNOUNCE = ("我叫", "我是", "名叫", "叫做", "姓名", "本人", "系人", "诉人", "映人", "报人", "办人", "责人", "请人", "事人")
_ADDRESS = ("先生", "女士", "同志", "小姐", "老师", "师傅", "经理", "老板", "大姐", "大哥")
_LOOK_BACK = 5


def is_a_word_here(text: str, start: int, end: int) -> bool:
    """Tell whether a name found in a (folded) text may be an ordinary word there: 高兴, or the 张三 of 主张三次."""
    name, before, after = text[start:end], text[max(start - _LOOK_BACK, 0) : start], text[end:]
    if len(name) != _SHORT_NAME or any(each in before for each in _ANNOUNCE) or after.startswith(_ADDRESS):
        return False
    return begins_a_word(name) or ends_a_word(f"{before[-1:]}{name[0]}")


def begins_a_word(two: str) -> bool:
    """Whether two characters, of which the first is a family name, are an ordinary word."""
    return two in _LIKE_NAMES


def ends_a_word(two: str) -> bool:
    """Whether two characters, of which the second is a family name, are an ordinary word."""
    return two in _BEFORE_NAMES
