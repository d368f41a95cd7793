"""The tour of the page: which pictures are taken of it, and the pages docs/tour.md and docs/tour.zh.md that show them.

`docs.pictures` takes what `SCENES` declares, in both languages; here each is said in a sentence or two. Every page, and
every room of a plan, has its scene: tests/page/test_tour.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from planner.words.said import Sentence, speaking, told
from ui.addresses import Address, link
from ui.pages import PAGES
from ui.pages.plan import ROOMS

PICTURES = Path(__file__).with_name("pictures")
CAPITAL, DELTA = "jing-jin-ji", "yangtze-river-delta"  # the plans that are shown


@dataclass(frozen=True)
class Scene:
    """A picture of the page.

    Attributes
    ----------
    name
        Of its file.
    page, shows
        What its address names.
    said
        Language -> what a planner answers there.
    high
        Pixels, the page being 1280 wide.
    about
        In what it is of another cluster than most, by language.
    """

    name: str
    page: str
    shows: dict[str, str | tuple[str, ...]]
    said: dict[str, str]
    high: int = 900
    about: dict[str, str] = field(default_factory=dict)

    def title(self) -> Sentence:
        """What the page or the room is called."""
        room = self.shows.get("room")
        return ROOMS[str(room)][0] if self.page == "plan" and room is not None else PAGES[self.page].name

    def link(self, language: str, done: Mapping[str, str] = MappingProxyType({})) -> str:
        """The address.

        Parameters
        ----------
        done
            What was done before, by the name that scenes have for it -> its name in the workspace.
        """
        shown = {name: (done.get(value, value),) if isinstance(value, str) else value for name, value in self.shows.items()}
        return link(Address(self.page, language, shown))

    def file(self, language: str) -> Path:
        """The picture."""
        return PICTURES / language / f"{self.name}.png"


def _room(room: str, en: str, zh: str, high: int = 900, plan: str = CAPITAL, **more: str) -> Scene:
    return Scene(
        room if plan == CAPITAL else f"{room}-{plan}", "plan", {"plan": plan, "room": room, **more}, {"en": en, "zh": zh},
        high, {} if plan == CAPITAL else {"en": "the Yangtze River Delta", "zh": "长江三角洲"},
    )  # fmt: skip


WHAT_IF, ASKED, PROGRAMME = "what-if", "asked", "mine"  # what docs.pictures lets the workspace hold, under these names

SCENES = (
    Scene(
        "start", "start", {},
        {
            "en": "Which plans are there, and how do I begin? The plans of the shipped clusters open at once, "
            "each with the "
            "share of the gap that it closes, its money and what is proven; your own stand below, with ways to "
            "a new case.",
            "zh": "已有哪些规划，从哪里开始？随附城市群的规划可直接打开，每个都列出弥补缺口的比例、资金和证明程度；"
            "自己的规划列在下面，并有新建案例的几种方式。",
        },
    ),
    _room(
        "overview",
        "What does the plan close, for whom, with what money, from whom, and how sure is that? Five sentences "
        "beside a map; "
        "below them first steps, largest gains, and who pays and gains.",
        "规划弥补了多少缺口，惠及谁，用多少资金，由谁出资，有多大把握？地图旁用五句话说明；其下是首批步骤、"
        "最大改善以及谁出资、谁受益。",
        1500,
    ),
    _room(
        "overview",
        "The same of another cluster, opened from Start without a solve.",
        "另一个城市群的同一页面，从“开始”直接打开，无需求解。",
        1500, DELTA,
    ),
    _room(
        "map",
        "What is built where, and which city still lacks what? Click on a city for its indicators without and "
        "with the plan; "
        "show flows, or only measures of some kinds, periods, payers or realities.",
        "哪里建什么，哪个城市还缺什么？点击城市查看有无规划时的各项指标；可显示流动，也可只显示某些类别、时期、"
        "出资方或现实程度的措施。",
        1150, city="baoding",
    ),
    _room(
        "map",
        "Cities have their own outlines where the case has them; names never cover one another, and show as there is room.",
        "案例有边界时显示各城市的轮廓；名称互不遮盖，有空间时才显示。",
        1150, DELTA, city="hefei",
    ),
    _room("timeline", "What starts when, and what has to be signed before?", "何时开工，之前需要签署什么？", 1100),
    _room("gaps", "Which city is short of which standard, and by how much does the plan help?",
          "哪个城市达不到哪项标准，规划改善了多少？", 1100),
    _room("money", "Who pays when, and where does the money of each line go?",
          "谁在何时出资，每条资金渠道的钱用在哪里？", 1100),
    _room("measures", "What is chosen, of which kind, how real is each, and what is left out?",
          "选了哪些措施，属于哪一类，现实程度如何，哪些没有入选？", 1000),
    _room("standing", "Where does the cluster stand beside others, without the plan and with it?",
          "与其他城市群相比处于什么位置，没有规划时和有规划时各如何？", 1000),
    _room(
        "whatif",
        "What changes with more money, another standard, or without one measure? The search begins with the "
        "plan at hand, and "
        "what comes of it stands beside it.",
        "资金增加、标准改变或少一项措施时会怎样？搜索从手头的规划出发，结果列在旁边。",
        1000, run=WHAT_IF,
    ),
    _room("tables", "Every figure of the plan, table by table, to sort, search and take along.",
          "规划的每个数字，逐表列出，可排序、搜索和下载。", 900),
    _room(
        "files",
        "What do I take to the meeting? The minister's sheet as a PDF of one page, the report, the workbook, "
        "all tables, and "
        "each drawing as a picture.",
        "带什么去开会？一页的领导简报、报告、工作簿、全部表格，以及每幅图的图片。",
        800,
    ),
    Scene(
        "explore", "explore", {"run": ASKED},
        {
            "en": "What is beyond one plan: what each measure is worth, which steps stand whatever happens, how "
            "sure the plan is. "
            "Here: how much a ranked list of single measures would leave unclosed.",
            "zh": "单个规划之外的问题：每项措施值多少，哪些步骤无论如何都成立，规划有多大把握。这里问的是："
            "按单项措施排序的清单会少弥补多少缺口。",
        },
        1300,
    ),
    Scene(
        "compare", "compare", {"plans": (CAPITAL, DELTA)},
        {
            "en": "In what do plans differ, and which is better? Plans of one case are compared input by input "
            "and measure by "
            "measure; of different clusters, what means the same in both.",
            "zh": "规划之间有何不同，哪个更好？同一案例的规划逐项比较输入和措施；不同城市群的规划只比较含义相同的内容。",
        },
        1100,
    ),
    Scene(
        "programmes", "programmes", {"programme": PROGRAMME},
        {
            "en": "Who is given how much of a purse that several clusters share? Here the small example that "
            "`planner programme init` makes.",
            "zh": "几个城市群共用的资金，各分得多少？这里是程序自带的小例子。",
        },
        1000,
    ),
    Scene(
        "solve", "solve", {"case": f"shipped/{CAPITAL}"},
        {
            "en": "The best plan of a case or of one of its scenarios, within a time, and as certain as its "
            "money is to be; it "
            "goes on when the page is closed.",
            "zh": "在限定时间内求案例或其某个情景的最佳规划，并可要求资金有一定把握；关闭页面后求解仍继续。",
        },
        700,
    ),
    Scene(
        "cases", "cases", {"case": f"shipped/{CAPITAL}", "table": "measures"},
        {
            "en": "What does the plan rest on? Every table in a grid that says what its columns mean and shows "
            "each mistake "
            "while you type.",
            "zh": "规划以什么为依据？每张表都在网格中，说明各列含义，并在输入时指出每个错误。",
        },
        1000,
    ),
)  # fmt: skip

OPENING = {
    "en": """\
# A tour of the page

`planner ui` opens it. Each picture is of the page as it is, with the plans that lie beside the shipped cases: most of them
of Beijing, Tianjin and Hebei, some of the Yangtze River Delta. All were taken by `python -m docs.pictures`, this page is
made by `python -m docs.generate`; do not edit. [中文](tour.zh.md)
""",
    "zh": """\
# 页面导览

用 `planner ui` 打开页面。每张图都是页面本来的样子，显示随附案例旁边的规划：多数是京津冀，少数是长江三角洲。全部图片由
`python -m docs.pictures` 拍摄，本页由 `python -m docs.generate` 生成，请勿直接修改。[English](tour.md)
""",
}


def tour_markdown(language: str) -> str:
    """The tour in a language, as the text of a Markdown file."""
    return "\n".join([OPENING[language], *_scenes(language)]).rstrip() + "\n"


def _scenes(language: str) -> Iterator[str]:
    with speaking(language):
        for scene in SCENES:
            title = told(scene.title())
            if scene.about:
                title += f": {scene.about[language]}" if language == "en" else f"：{scene.about[language]}"
            picture = scene.file(language).relative_to(PICTURES.parent).as_posix()
            yield f"## {title}\n\n{scene.said[language]}\n\n![{title}]({picture})\n"
