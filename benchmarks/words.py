"""Invented Chinese: words of two characters with frequencies by Zipf's law, as in real texts; what they say makes no sense."""

import random
from itertools import accumulate

# The first are the commonest, as in the office's real matters.
FIRST = [
    "窗口",
    "办理",
    "材料",
    "没有",
    "审批",
    "我们",
    "要求",
    "企业",
    "执法",
    "收费",
    "多次",
    "工作",
    "人员",
    "答复",
    "许可",
    "时间",
    "问题",
    "电话",
    "检查",
    "回复",
    "申请",
    "群众",
    "处理",
    "村里",
    "登记",
    "罚款",
    "领导",
    "证明",
    "补偿",
    "项目",
    "施工",
    "规定",
    "现场",
    "投诉",
    "服务",
    "中心",
    "推诿",
    "拖延",
    "公示",
    "手续",
]
WORDS = 6000
SENTENCE = 8


class Author:
    """Writes titles and texts."""

    def __init__(self, chance: random.Random) -> None:
        """Make the vocabulary: pairs of everyday characters (the first level of GB 2312)."""
        self.chance = chance
        rows = [bytes([high, low]) for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFA)]
        characters = [row.decode("gb2312") for row in rows]
        self.vocabulary = [*FIRST, *("".join(chance.sample(characters, 2)) for _word in range(WORDS - len(FIRST)))]
        self.sums = list(accumulate(1 / (rank + 10) for rank in range(WORDS)))

    def title(self) -> str:
        """Write eight to sixteen characters."""
        return "".join(self._words(self.chance.randrange(4, 9)))

    def text(self) -> str:
        """Write forty to about three hundred characters, with a full stop now and then."""
        words = self._words(20 + int(self.chance.expovariate(1 / 35)) % 130)
        sentences = ["".join(words[place : place + SENTENCE]) for place in range(0, len(words), SENTENCE)]
        return "，".join(sentences) + "。"

    def _words(self, number: int) -> list[str]:
        return self.chance.choices(self.vocabulary, cum_weights=self.sums, k=number)
