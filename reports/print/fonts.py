"""Chinese fonts on this machine: which family stands for 仿宋, 黑体, 楷体 and 宋体, and in which file it lies.

Word and slides only name fonts, the reader's machine has them; PDF and chart pictures are drawn here and need the file.
"""

from dataclasses import dataclass
from functools import cache

from warehouse import paths
from warehouse.errors import UserError

SERIF = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "Noto Serif SC",
    "FandolSong",
    "AR PL UMing CN",
)
SANS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
)
SONG = ("SimSun", "宋体", "Songti SC", "STSong", "NSimSun", *SERIF)
HEI = (
    "SimHei",
    "黑体",
    "Microsoft YaHei",
    "微软雅黑",
    "PingFang SC",
    "Heiti SC",
    "STHeiti",
    "Hiragino Sans GB",
    "DengXian",
    *SANS,
)
FANG = ("FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "STFangsong", "FandolFang R", "FandolFang")
KAI = ("KaiTi", "楷体", "KaiTi_GB2312", "Kaiti SC", "STKaiti", "FandolKai", "AR PL UKai CN")
# the first that is there; every role ends with every other, so that one Chinese font is enough
ROLES = {"body": (*FANG, *SONG, *HEI), "title": (*SONG, *HEI), "heading": (*HEI, *SONG), "second": (*KAI, *SONG, *HEI)}
REMEDY = (
    "请安装一种（Debian、Ubuntu：apt install fonts-noto-cjk；Windows、macOS 自带），或把字体文件放进 "
    "data/school/fonts 后重试。"
)


class NoChineseFont(UserError):
    """Nothing on the machine can draw a Chinese character: better no document than one full of empty boxes."""


@dataclass(frozen=True)
class Face:
    """One font: family as its file names it, the file, and its place in a collection."""

    family: str
    path: str
    index: int
    weight: int


@cache
def faces(folder: str = "") -> tuple[Face, ...]:
    """Every upright font of the system and of `folder`, by family, weight and file."""
    fonts = _typst(folder).fonts()
    upright = [
        Face(font.family, font.path, font.index, font.weight) for font in fonts if font.path and font.style == "normal"
    ]
    return tuple(sorted(upright, key=lambda face: (face.family, face.weight, face.path, face.index)))


@cache
def _typst(folder: str):
    import typst

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[folder] if folder else [])


def own_folder() -> str:
    """The school's own font files, if it keeps any."""
    folder = paths.school() / "fonts"
    return str(folder) if folder.is_dir() else ""


def chosen() -> dict[str, Face]:
    """Role → face of regular weight: body, title, heading, second. Raises NoChineseFont in words."""
    regular: dict[str, Face] = {}
    for face in faces(own_folder()):
        if face.family not in regular or abs(face.weight - 400) < abs(regular[face.family].weight - 400):
            regular[face.family] = face
    by_role = {role: [regular[name] for name in names if name in regular] for role, names in ROLES.items()}
    if not all(by_role.values()):
        raise NoChineseFont(f"这台机器上没有中文字体，文档会缺字，没有生成。{REMEDY}")
    return {role: faces_there[0] for role, faces_there in by_role.items()}


def for_typst():
    """The same fonts as the PDF writer wants them."""
    return _typst(own_folder())
