"""Words that point outside the office's remit, and words that only look like it."""

import pytest
from django.utils import translation

from complaints import remit
from complaints.categories import DISCIPLINE


def codes(text: str, **kwargs) -> list[str]:
    return [place.code for place in remit.hints(text, **kwargs)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("公司拖欠我三个月工资，一直不给。", "labour"),
        ("老板突然把我辞退了，也没有给补偿。", "labour"),
        ("我不服县法院的一审判决，请你们出面。", "court"),
        ("我们已经向法院起诉，案子下个月开庭。", "court"),
        ("我不服交警的处罚决定，要求撤销。", "reconsideration"),
        ("楼上天天漏水到我家，说了也不听。", "civil"),
        ("邻居砌围墙占了我家的路。", "civil"),
        ("他借我五万元，三年不还。", "civil"),
        ("我在网上刷单，被骗子诈骗了两万。", "police"),
        ("商家不退款，电话也不接。", "consumer"),
        ("小区路灯坏了半年，没人修。", "services"),
        ("我的信访事项已经一年没有结果。", "petition"),
        ("副局长受贿，大家都知道。", "discipline"),
        ("My neighbour plays loud music every night.", "civil"),
        ("My boss has not paid my wages since May.", "labour"),
    ],
)
def test_words_point_to_a_place(text, code):
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "我的邻居也去办过这个证，只用了三天，我却等了五个星期。",
        "窗口说让我去起诉，他们不管。",
        "他说你有本事去告，叫我起诉他们。",
        "我住在楼上，收费员到楼下收费，不开票据。",
        "办事员上班时间看工资条，不理我。",
        "工作人员的态度很差，说话难听，骂人。",
        "我家的水表在窗口登记了，他们一直没有上门。",
        "窗口要我交一份没有犯罪记录的证明，派出所说早就取消了。",
        "评审组裁定我的材料不齐，却说不出缺哪一份。",
        "他们让我离开窗口，说婚姻登记不归这里管。",
        "平台上的预约一直显示已满，去现场又说必须预约。",
        "检查组来了三次，每次都说要整改，又不说改什么。",
        "The officer at the window was rude and sent me away twice.",
        "",
    ],
)
def test_ordinary_complaints_point_nowhere(text):
    assert codes(text) == []


def test_two_places_at_most_and_the_first_spoken_of_first():
    text = "楼上天天漏水到我家。公司拖欠工资。商家不退款。"
    assert codes(text) == ["civil", "labour"]


def test_offences_of_officials_are_at_home_in_the_fifth_category():
    assert codes("副局长受贿，大家都知道。", categories=(DISCIPLINE,)) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_place_says_for_what_and_where(language):
    with translation.override(language):
        assert [place.code for place in remit.PLACES if not (str(place.matter) and str(place.where))] == []
    assert len({place.code for place in remit.PLACES}) == len(remit.PLACES)
