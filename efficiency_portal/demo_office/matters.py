"""Invented matters for the demo: what was filed, how many working days ago, and how far it has come."""

from dataclasses import dataclass

from complaints.models import Channel, Kind, Satisfaction


@dataclass(frozen=True)
class Outcome:
    """What the agency reported and the office replied."""

    finding: str
    facts_found: str
    reply: str
    satisfaction: Satisfaction | None = None


@dataclass(frozen=True)
class GivenBack:
    """Why an agency gave its matter back, by which rule, and which agency (short name) it thinks competent."""

    reason: str
    basis: str
    proposed: str


@dataclass(frozen=True)
class Helping:
    """An agency that helps the one that leads (short name), and its opinion, if it has given one."""

    agency: str
    opinion: str = ""


@dataclass(frozen=True)
class Supervised:
    """What the office did to make the agency act; a card for its late limit is suggested, issued and appealed against."""

    suggested: bool = False
    issued: bool = False
    appeal: str = ""
    chaser: str = ""
    order: str = ""


@dataclass(frozen=True)
class Matter:
    """One matter. `until` is the status it has reached (`cases.workflow.Status`); a question and its answer come on the way.

    Without an agency (`agency_words` says which place is meant) it stays in triage. Without a name it is anonymous. `review` is
    why a review was asked for; `follow` is what can be tried on its tracking page.
    """

    agency: str
    category: int
    behaviours: tuple[str, ...]
    narrative: str
    wish: str
    until: str
    working_days_ago: int
    name: str
    phone: str
    organisation: str = ""
    channel: Channel = Channel.WEB
    kind: Kind = Kind.COMPLAINT
    agency_words: str = ""
    waits_for_call: bool = False  # no mobile phone: an officer calls back to make sure who filed
    signers: int = 1
    representatives: tuple[tuple[str, str], ...] = ()  # name and phone of who speaks for a joint complaint beside the filer
    address: str = ""
    uscc: str = ""
    summary: str = ""
    decline_reason: str = ""
    transferred: bool = False  # the agency answers in its own name
    given_back: GivenBack | None = None
    helping: tuple[Helping, ...] = ()
    refer_reason: str = ""
    outcome: Outcome | None = None
    question: str = ""
    answer: str = ""
    review: str = ""
    follow: str = ""
    then: str = ""  # what happens when it seems to be over: a name of `afterwards.WAYS`
    supervised: Supervised | None = None


MATTERS = (
    Matter(
        agency="住建局",
        category=4,
        behaviours=("4a", "4c"),
        narrative="8 月 20 日，我公司申请变更施工许可的项目负责人，窗口收件并承诺 5 个工作日办结。"
        "此后三次去问，每次都以新的理由退回材料，没有出具书面告知。"
        "第三次窗口人员说“等领导回来再说”。现在工地已停工 23 天。",
        wish="请按承诺时限办理，并说明三次退件的依据。",
        until="received",
        working_days_ago=12,
        name="陈立明",
        phone="13800002071",
        organisation="清河县宏远建筑有限公司（虚构）",
        summary="有企业反映：变更施工许可的项目负责人，窗口承诺 5 个工作日办结，"
        "此后三次以不同理由退回材料，未出具书面告知。请核实退件依据，按时限办理。",
        question="您好。请问第二次去窗口时，对方有没有给您书面退件通知？如果有，请拍照后在这里补充。",
        answer="没有书面通知，只在回执背面写了两行字。我找出来以后拍照上传。",
        supervised=Supervised(
            order="企业已停工多日。请分管副局长牵头，当面听取企业意见，一次性书面告知所缺材料，并报告办结日期。"
        ),
    ),
    Matter(
        agency="石桥镇",
        category=4,
        behaviours=("4d",),
        narrative="去年修路占了我家三分地，镇里说三个月内给补偿款，到现在 14 个月了，问了五次都说“快了”。",
        wish="请把补偿款发下来，告诉我哪一天发。",
        until="received",
        working_days_ago=27,
        name="赵春花",
        phone="13800002072",
        channel=Channel.VISIT,
        summary="有群众反映：因修路占地，镇里承诺三个月内发放的补偿款至今 14 个月未发。请核实并明确发放日期。",
        supervised=Supervised(
            suggested=True,
            issued=True,
            appeal="补偿款已列入本月支付计划，财政拨款上周才到账，延误不在我镇。请撤回黄牌。",
            chaser="补偿款事项已逾期，请今天内报告发放日期。",
        ),
    ),
    Matter(
        agency="市监局",
        category=2,
        behaviours=("2f",),
        narrative="去窗口办营业执照变更，工作人员说要当天拿就交 800 元“加急费”，不开票据。",
        wish="退还 800 元，查一查这个窗口。",
        until="reported",
        working_days_ago=15,
        name="孙志强",
        phone="13800002073",
        channel=Channel.HOTLINE,
        summary="有群众反映：办理营业执照变更时，窗口以“加急费”名义收取 800 元且不开票据。请核查收费依据和款项去向。",
        outcome=Outcome(
            "upheld",
            "经调取监控和谈话核实，窗口聘用人员以“加急费”名义收取 800 元，未入账，情况属实。"
            "款项已退还，该人员已停岗，窗口已公示免费事项清单。",
            "",
        ),
    ),
    Matter(
        agency="人社局",
        category=3,
        behaviours=("3f",),
        narrative="我母亲 82 岁，在外地养病，养老金认证窗口要求她本人返乡三次，没有人告诉我们可以在手机上办。",
        wish="请告诉老人可以网上认证，不要让人白跑。",
        until="replied",
        working_days_ago=20,
        name="刘晓燕",
        phone="13800002074",
        follow="rate the reply, ask for a review, claim a reward",
        summary="有群众反映：高龄老人办理养老金领取资格认证，窗口三次要求本人返乡，未告知可以网上办理。请核实并改进告知。",
        outcome=Outcome(
            "upheld",
            "经核实，窗口未执行一次性告知，情况属实。已对当班人员批评教育，并在窗口和短信中加入网上认证说明。",
            "您反映的情况属实。县人社局已对当班人员批评教育，今天起窗口和短信都会告知可以在手机上认证。"
            "您母亲的认证已经由工作人员视频办妥，养老金不受影响。",
        ),
    ),
    Matter(
        agency="城管局",
        category=2,
        behaviours=("2d",),
        narrative="我在东街开了个小吃店，一个月内被检查六次，每次来的人不一样，查的东西一样，没有留下任何文书。",
        wish="检查要有计划，要给文书。",
        until="dispatched",
        working_days_ago=2,
        name="吴大海",
        phone="13800002075",
        channel=Channel.ENTERPRISE_VISIT,
        summary="有经营者反映：沿街店铺一个月内被重复检查六次，未出具检查文书。请核实检查计划和依据。",
    ),
    Matter(
        agency="交通局",
        category=4,
        behaviours=("4c",),
        narrative="货车年审材料交上去二十天没有回音，窗口说系统坏了，让我们等通知。车停着一天亏八百块。",
        wish="告诉我什么时候能审完。",
        until="dispatched",
        working_days_ago=6,
        name="马永福",
        phone="13800002090",
        summary="有车主反映：货车年审材料提交二十天未办结，窗口以系统故障为由未给办理期限。请核实并限期办理。",
        supervised=Supervised(suggested=True),
    ),
    Matter(
        agency="东关街道",
        category=1,
        behaviours=("1a",),
        narrative="我家老房子墙裂了，5 月递交了危房鉴定申请，40 多天没有人上门，打电话说“在排队”。马上雨季，一家老小不敢睡。",
        wish="请尽快派人来看。",
        until="handling",
        working_days_ago=8,
        name="周国富",
        phone="13800002076",
        channel=Channel.LETTER,
    ),
    Matter(
        agency="自然资源局",
        category=4,
        behaviours=("4a",),
        narrative="不动产登记材料收件时说齐了，半个月后又说缺一张表，重新排号，前后跑了四趟。",
        wish="请一次性告知，缺什么说清楚。",
        until="triage",
        working_days_ago=3,
        name="郑小梅",
        phone="13800002077",
    ),
    Matter(
        agency="交通局",
        category=4,
        behaviours=("4c",),
        narrative="申请占道施工许可，材料交了不给受理单，问什么时候批，只说“回去等”。工期只有一个月。",
        wish="请出受理单，按时限答复。",
        until="triage",
        working_days_ago=1,
        name="马文斌",
        phone="13800002078",
        organisation="清河县捷通管道有限公司（虚构）",
        uscc="91430000MA4L00000A",
        channel=Channel.HELPER_UNIT,
    ),
    Matter(
        agency="城管局",
        category=1,
        behaviours=("1c",),
        narrative="东街夜市的烧烤摊每天从傍晚六点摆到凌晨两点，油烟直往楼上灌，音响吵得孩子没法睡觉。"
        "我们给城管局打过四次电话，每次都说“已经安排”，从来没有人来。上个月写了信，也没有回音。",
        wish="请城管局到现场看一看，给个说法。",
        until="triage",
        working_days_ago=2,
        name="蒋文清",
        phone="13800002082",
        channel=Channel.LETTER,
    ),
    Matter(
        agency="城管局",
        category=1,
        behaviours=("1a", "1c"),
        narrative="东街夜市的烧烤摊每天从傍晚六点摆到凌晨三点，油烟直往楼上灌，音响吵得老人没法睡觉。"
        "我们给城管局打过四次电话，每次都说“已经安排”，从来没有人来。楼下的消防通道也被桌子堵住了。",
        wish="请管一管时间和音响，让出消防通道。",
        until="triage",
        working_days_ago=0,
        name="沈玉兰",
        phone="13800002083",
    ),
    Matter(
        agency="教育局",
        category=7,
        behaviours=("7f",),
        narrative="今年学区划分调整没有公示，报名当天才知道孩子要去五公里外的学校。县里的文件要求提前一个月公示。",
        wish="请公开划分依据，让家长说话。",
        until="triage",
        working_days_ago=0,
        name="杨慧",
        phone="13800002079",
        signers=23,
        representatives=(("罗青", "13800002082"), ("唐婉", "")),
    ),
    Matter(
        agency="市监局",
        category=5,
        behaviours=("5c",),
        narrative="我在市场里做事，看见管我们这一片的人每月月底来各摊位“收烟”，不给的第二天就来查。九月以来我记下了四次。",
        wish="请查一查，不要让人知道是我说的。",
        until="triage",
        working_days_ago=1,
        name="沈默",
        phone="13800002083",
        kind=Kind.REPORT,
    ),
    Matter(
        agency="石桥镇",
        category=1,
        behaviours=("1a",),
        narrative="我 76 岁，没有手机，表是侄女替我填的。村口的桥栏杆断了半年，报了镇里三次，没有人来修，前天有孩子差点掉下去。",
        wish="请把栏杆修好。",
        until="triage",
        working_days_ago=0,
        name="曾有田",
        phone="010-1234 5678",
        waits_for_call=True,
        address="石桥镇示例村 3 组 8 号",
    ),
    Matter(
        agency="",
        agency_words="办施工许可的那个窗口",
        category=0,
        behaviours=(),
        narrative="我来办农房翻建的施工许可，窗口的人头也不抬，说墙上贴着自己不会看吗，把材料扔了出来。"
        "第二次去让我找隔壁，隔壁又说不归他们管，让我找回原来的窗口。高兴的时候理你一句，不高兴就说系统坏了。"
        "有人留了 13800002099 让我联系，打了三天没人接。",
        wish="请告诉我到底该找谁，态度也请改一改。",
        until="triage",
        working_days_ago=1,
        name="高兴",
        phone="13800002084",
    ),
    Matter(
        agency="人社局",
        category=4,
        behaviours=(),
        narrative="工地老板拖欠我们十一个人的工资，从五月到现在没有给，打电话给劳动监察，说让我们再等等，还在走流程。",
        wish="帮我们把工资要回来。",
        until="triage",
        working_days_ago=0,
        name="童建军",
        phone="13800002085",
        channel=Channel.HOTLINE,
    ),
    Matter(
        agency="税务局",
        category=3,
        behaviours=("3a",),
        narrative="上午十点办税大厅八个窗口只开了两个，等了两个半小时，取号机也坏了。",
        wish="多开几个窗口。",
        until="closed",
        working_days_ago=40,
        name="冯军",
        phone="13800002080",
        summary="有群众反映：上午高峰时段办税大厅八个窗口只开两个，等候两个半小时，取号机损坏。请核实并改进。",
        outcome=Outcome(
            "partly_upheld",
            "当日有三名窗口人员参加培训，未及时安排顶岗；取号机故障属实，已修复。已建立高峰期顶岗制度。",
            "您反映的窗口少、取号机坏的情况部分属实。县税务局已修好取号机，上午高峰时段不少于六个窗口对外办理。",
            Satisfaction.SATISFIED,
        ),
        then="excellent",
    ),
    Matter(
        agency="城关镇",
        category=1,
        behaviours=("1b",),
        narrative="邻居家的围墙往我家地里挪了半米，村里调解了两次没有结果，请你们评评理。",
        wish="把围墙拆了。",
        until="declined",
        working_days_ago=18,
        name="黄德才",
        phone="13800002081",
        decline_reason="您反映的是邻里之间的土地边界纠纷，不属于机关效能问题。"
        "请向城关镇人民调解委员会申请调解；调解不成的，可以向县人民法院起诉。",
        then="archived",
    ),
    Matter(
        agency="教育局",
        category=1,
        behaviours=("1b",),
        narrative="孩子随迁入学，窗口说要房产证，文件上写的是居住证就可以。来回跑了三趟，最后错过了第一批登记。",
        wish="按文件办，把孩子登记上。",
        until="closed",
        working_days_ago=26,
        name="何秀芳",
        phone="13800002082",
        summary="有群众反映：随迁子女入学登记，窗口要求提供文件没有规定的房产证，错过第一批登记。请核实依据并补办。",
        outcome=Outcome(
            "partly_upheld",
            "窗口确曾要求提供房产证，已补登记；群众所称三次往返，窗口登记簿只有两次。",
            "您反映的情况部分属实。县教育局已为您的孩子补办登记，并在窗口公示所需材料。关于往返次数，登记簿记载为两次。",
            Satisfaction.FAIRLY_SATISFIED,
        ),
        review="我去了三次，第一次窗口没有让我登记，所以登记簿上没有。请你们调一下当天的监控。",
        follow="a review waits for the answer of the office leader who did not sign (hanxuemei)",
    ),
    Matter(
        agency="市监局",
        category=2,
        behaviours=("2f",),
        narrative="我在政务大厅旁边开打字店，常看见市监窗口的人叫办照的去指定的店做材料，一份收三百，店是窗口人员亲戚开的。",
        wish="请查一查，别让老百姓花冤枉钱。",
        until="closed",
        working_days_ago=23,
        name="贺长河",
        phone="13800002091",
        kind=Kind.REPORT,
        summary="有群众举报：市监窗口人员引导办照群众到指定店铺有偿制作材料。请核查是否属实、有无利益关联。",
        outcome=Outcome(
            "upheld",
            "经查，窗口人员确曾向 12 名办照群众推荐其亲属所开店铺，情况属实。已调离窗口岗位，所收费用全部退还。",
            "您反映的情况属实。该人员已调离窗口，12 名群众的费用已经退还，窗口设了免费自助打印机。",
            Satisfaction.SATISFIED,
        ),
        follow="a reward waits: collect it",
        then="reward_offered",
    ),
    Matter(
        agency="人社局",
        category=3,
        behaviours=("3f",),
        narrative="劳动监察大队值班电话连续两周没人接，值班表上却天天有人签字，我怀疑是代签。",
        wish="希望值班不是摆设。",
        until="closed",
        working_days_ago=18,
        name="卢静",
        phone="13800002092",
        kind=Kind.REPORT,
        summary="有群众举报：劳动监察值班电话长期无人接听，值班签到疑似代签。请核查值班落实情况。",
        outcome=Outcome(
            "partly_upheld",
            "经查，两周内有 6 天值班电话无人接听，其中 3 天签到系代签，部分属实。已约谈两名值班人员。",
            "您反映的情况部分属实：有 6 天无人接听，3 天系代签。两名值班人员已被约谈，值班电话已改为录音并每日抽查。",
            Satisfaction.SATISFIED,
        ),
        then="reward_proposed",
    ),
    Matter(
        agency="城管局",
        category=2,
        behaviours=("2e",),
        narrative="夜市管理的人每个月向摊主收一百块“卫生协调费”，不给票。不交的就把摊位往后排。",
        wish="查清楚钱去了哪里。",
        until="closed",
        working_days_ago=24,
        name="",
        phone="",
        summary="有经营者反映：夜市管理人员按月向摊主收取“卫生协调费”，不开票据。请核查收费依据和款项去向。",
        outcome=Outcome(
            "upheld",
            "经核查，夜市协管人员向 37 名摊主收取费用，无依据、未开票，情况属实。款项已清退，两名协管人员已辞退。",
            "您反映的情况属实。所收费用已经退给摊主，两名协管人员已辞退，收费公示牌已经竖在夜市入口。",
            Satisfaction.SATISFIED,
        ),
        follow="anonymous: claim a reward with the claim code",
        then="nominated",
    ),
    Matter(
        agency="市监局",
        category=2,
        behaviours=("2f",),
        narrative="去办营业执照，窗口让我先交两百块“资料整理费”，说不交就自己慢慢填，也不给收据。",
        wish="退钱，讲清楚到底要不要收。",
        until="replied",
        working_days_ago=11,
        name="秦海燕",
        phone="13800002083",
        summary="有办事群众反映：办理营业执照时被要求交“资料整理费”，不给收据。请核查收费依据并纠正。",
        outcome=Outcome(
            "upheld",
            "该费用系窗口外聘代办人员自行收取，无依据。已全额退还，并停止其在大厅活动。",
            "您反映的情况属实。所收费用已经退还，代办人员不再进入大厅。",
        ),
        follow="opened again after a bad rating; the agency has it once more",
        then="reopened",
    ),
    Matter(
        agency="交通局",
        category=4,
        behaviours=("4c",),
        narrative="村道塌了半边，报上去三个月，只拉了一条警戒线，晚上没有灯，骑车的人摔了好几个。",
        wish="赶快修好。",
        until="reported",
        working_days_ago=15,
        name="段有福",
        phone="13800002084",
        summary="有群众反映：村道塌方三个月未修，夜间无警示灯，已有多人摔伤。请核查并限期修复。",
        outcome=Outcome("upheld", "已安排人员查看现场，拟列入维修计划。", ""),
        then="sent_back",
    ),
    Matter(
        agency="人社局",
        category=3,
        behaviours=("3b",),
        narrative="下午两点半到社保窗口，门锁着，等到三点四十才有人来，说是去开会了，门口没有任何告示。",
        wish="按时开门。",
        until="closed",
        working_days_ago=25,
        name="邵建华",
        phone="13800002085",
        summary="有群众反映：工作日下午社保窗口未按时开门，无告示。请核实并改进。",
        outcome=Outcome(
            "not_upheld",
            "查值班表，当日下午窗口有人值班，未发现脱岗。",
            "经核查，当日下午窗口安排有人值班，您反映的情况不属实。",
            Satisfaction.FAIRLY_SATISFIED,
        ),
        then="wrong",
    ),
    Matter(
        agency="交通局",
        category=4,
        behaviours=("4c",),
        narrative="6 路公交站台的顶棚去年冬天被大风掀掉，打过三次电话都说“已经登记”，到现在还没有修，下雨天老人和学生都淋着。",
        wish="请说明什么时候修好。",
        until="reported",
        working_days_ago=9,
        name="覃晓岚",
        phone="13900000041",
        transferred=True,
        summary="群众反映 6 路公交站台顶棚损坏近一年，三次报修均答复“已经登记”，至今未修。请依职责处理并答复。",
        outcome=Outcome(
            finding="upheld",
            facts_found="站台顶棚于去年 12 月损坏，三次报修均有登记，但未转维修单位。",
            reply="您反映的 6 路公交站台顶棚损坏一事属实。我局已安排维修，10 个工作日内修好，"
            "并已改进报修登记的转办程序。给您带来不便，我们深表歉意。",
        ),
    ),
    Matter(
        agency="自然资源局",
        category=1,
        behaviours=("1a",),
        narrative="我家楼下的围墙开裂外倾，向自然资源局反映过两次，窗口都说“不归我们管”，也不说归谁管。围墙边上是上学的路。",
        wish="请确定由哪个单位处理，尽快排除危险。",
        until="returned",
        working_days_ago=6,
        name="班建国",
        phone="13900000042",
        summary="群众反映居民楼围墙开裂外倾，毗邻上学道路，两次反映均被答复“不归我们管”。请核查处置。",
        given_back=GivenBack(
            "围墙属既有建筑，其安全监管不在我局职责范围。", "《清河县自然资源局职能配置、内设机构和人员编制规定》第三条", "住建局"
        ),
    ),
    Matter(
        agency="城管局",
        category=4,
        behaviours=("4a",),
        narrative="夜市搬到新址后，油烟和占道问题没人管：城管说归市监，市监说归住建，三个单位来回推了两个月。",
        wish="请三个单位一起来现场看一次，明确由谁管。",
        until="received",
        working_days_ago=5,
        name="农秀英",
        phone="13900000043",
        summary="群众反映夜市新址油烟扰民、占用人行道，三个单位互相推诿两个月。请牵头会同有关单位现场核查，明确责任。",
        helping=(
            Helping(
                "市监局", "经现场核查，14 个摊位中 9 个持有食品摊贩登记证，其余 5 个已责令限期办理。油烟净化设施不属我局监管。"
            ),
            Helping("住建局"),
        ),
    ),
    Matter(
        agency="石桥镇",
        category=5,
        behaviours=("5c",),
        kind=Kind.REPORT,
        narrative="镇里有干部在发放危房改造补助时暗示“意思意思”，我给了两条烟才签的字，同村还有几户也是这样。",
        wish="请严肃查处。",
        until="referred",
        working_days_ago=7,
        name="",
        phone="",
        refer_reason="反映公职人员在发放补助中收受财物，涉嫌违反廉洁纪律。",
    ),
)
