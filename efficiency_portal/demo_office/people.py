"""Invented agencies and people of the invented county Qinghe. Any likeness to real ones is chance."""

from dataclasses import dataclass

from accounts.roles import Role
from agencies.models import Agency, Post

PASSWORD = "qinghe-demo-2026"  # noqa: S105 printed at the start of the demo for everybody to use
COUNTY, TOWNSHIP, VERTICAL, SECTION, HELPER = Agency.Kind


@dataclass(frozen=True)
class DemoAgency:
    """An invented agency; `part_of` is the short name of the one above."""

    short_name: str
    name: str
    name_en: str
    kind: Agency.Kind
    duties: str
    aliases: str = ""
    part_of: str = ""


@dataclass(frozen=True)
class DemoPerson:
    """An invented person with an account; `posts` are (short name of the agency, kind of post)."""

    username: str
    full_name: str
    department: str
    role: Role
    posts: tuple[tuple[str, Post.Kind], ...] = ()


AGENCIES = (
    DemoAgency(
        "住建局",
        "清河县住房和城乡建设局",
        "Housing and Urban-Rural Development Bureau",
        COUNTY,
        "施工许可、房屋安全、村镇建设",
        "建设局,房管局",
    ),
    DemoAgency(
        "建管股",
        "清河县住房和城乡建设局建筑业管理股",
        "Construction Industry Section",
        SECTION,
        "施工许可、企业资质",
        part_of="住建局",
    ),
    DemoAgency(
        "市监局", "清河县市场监督管理局", "Market Regulation Bureau", COUNTY, "登记注册、食品药品、价格监管", "工商局,药监局"
    ),
    DemoAgency(
        "人社局",
        "清河县人力资源和社会保障局",
        "Human Resources and Social Security Bureau",
        COUNTY,
        "社会保险、劳动监察",
        "社保局",
    ),
    DemoAgency("自然资源局", "清河县自然资源局", "Natural Resources Bureau", COUNTY, "不动产登记、规划、用地", "国土局,规划局"),
    DemoAgency("教育局", "清河县教育局", "Education Bureau", COUNTY, "学校管理、招生"),
    DemoAgency("城管局", "清河县城市管理和综合执法局", "Urban Management Bureau", COUNTY, "市容、占道、综合执法", "城管,执法局"),
    DemoAgency("交通局", "清河县交通运输局", "Transport Bureau", COUNTY, "道路运输、公路养护"),
    DemoAgency("税务局", "国家税务总局清河县税务局", "Tax Bureau", VERTICAL, "税费征收、发票"),
    DemoAgency("城关镇", "清河县城关镇人民政府", "Chengguan Town Government", TOWNSHIP, "城关镇各项政务"),
    DemoAgency("石桥镇", "清河县石桥镇人民政府", "Shiqiao Town Government", TOWNSHIP, "石桥镇各项政务"),
    DemoAgency("东关街道", "清河县东关街道办事处", "Dongguan Subdistrict Office", TOWNSHIP, "东关街道各项政务"),
    DemoAgency("招商局", "清河县招商服务中心", "Investment Promotion Centre", HELPER, "帮企业反映诉求", "招商"),
)
PRINCIPAL, IN_CHARGE, LIAISON = Post.Kind
PEOPLE = (
    DemoPerson("zhoumin", "周敏", "投诉受理科", Role.OFFICER),
    DemoPerson("liweiguo", "李伟国", "督查科", Role.OFFICER),
    DemoPerson("zhangjianping", "张建平", "分管副主任", Role.OFFICE_LEADER),
    DemoPerson("hanxuemei", "韩雪梅", "主任", Role.OFFICE_LEADER),
    DemoPerson("hejing", "何静", "住建局办公室", Role.LIAISON_OFFICER, (("住建局", LIAISON),)),
    DemoPerson("liuzhiyuan", "刘志远", "住建局副局长", Role.AGENCY_LEADER, (("住建局", IN_CHARGE),)),
    DemoPerson("gaoshan", "高山", "住建局局长", Role.AGENCY_LEADER, (("住建局", PRINCIPAL),)),
    DemoPerson("tanglin", "唐琳", "市监局办公室", Role.LIAISON_OFFICER, (("市监局", LIAISON),)),
    DemoPerson("fangqiang", "方强", "市监局副局长", Role.AGENCY_LEADER, (("市监局", IN_CHARGE),)),
    DemoPerson("luhai", "陆海", "人社局办公室", Role.LIAISON_OFFICER, (("人社局", LIAISON),)),
    DemoPerson("songyan", "宋燕", "城管局办公室", Role.LIAISON_OFFICER, (("城管局", LIAISON),)),
    DemoPerson("guoning", "郭宁", "城管局办公室", Role.LIAISON_OFFICER),  # takes the post of songyan over
    DemoPerson("dengjie", "邓洁", "住建局办公室", Role.LIAISON_OFFICER),  # a new account, to try a handover with
    DemoPerson("pengfei", "彭飞", "石桥镇党政办", Role.LIAISON_OFFICER, (("石桥镇", LIAISON),)),
    DemoPerson("maotao", "毛涛", "石桥镇镇长", Role.AGENCY_LEADER, (("石桥镇", PRINCIPAL),)),
    DemoPerson("taolan", "陶兰", "税务局办公室", Role.LIAISON_OFFICER, (("税务局", LIAISON),)),
    DemoPerson("shiming", "石明", "自然资源局办公室", Role.LIAISON_OFFICER, (("自然资源局", LIAISON),)),
    DemoPerson("jiangbo", "江波", "交通局办公室", Role.LIAISON_OFFICER, (("交通局", LIAISON),)),
    DemoPerson("yupei", "余佩", "教育局办公室", Role.LIAISON_OFFICER, (("教育局", LIAISON),)),
    DemoPerson("dongmei", "董梅", "东关街道党政办", Role.LIAISON_OFFICER, (("东关街道", LIAISON),)),
    DemoPerson("wangli", "王丽", "招商服务中心", Role.HELPER_CLERK, (("招商局", LIAISON),)),
    DemoPerson("chenguang", "陈光", "城关镇", Role.SUPERVISOR),
    DemoPerson("sunlan", "孙兰", "退休教师", Role.SUPERVISOR),
    DemoPerson("qianfang", "钱芳", "财务室", Role.FINANCE),
    DemoPerson("sysadmin", "系统管理员", "信息科", Role.SYSTEM_ADMIN),
    DemoPerson("secadmin", "安全管理员", "信息科", Role.SECURITY_ADMIN),
    DemoPerson("auditor", "审计管理员", "监察室", Role.AUDIT_ADMIN),
)
# What the start of the demo prints: one line an account, the usual ones first.
SHOWN = (
    "zhoumin",
    "liweiguo",
    "zhangjianping",
    "hanxuemei",
    "hejing",
    "liuzhiyuan",
    "tanglin",
    "wangli",
    "chenguang",
    "qianfang",
    "sysadmin",
    "secadmin",
    "auditor",
)
