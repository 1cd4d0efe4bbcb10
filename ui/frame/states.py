"""The states a page can be in when there is nothing to draw, each said in one Chinese sentence with the remedy."""

import logging
from typing import NoReturn

import streamlit as st

from ui.frame.words import plain
from warehouse.errors import UserError

log = logging.getLogger("campus")
LONGEST = 400
FAILED = "这一页没有算出来。数据没有被改动；请刷新重试，仍不行时把服务器日志交给管理员。"


def first_run() -> NoReturn:
    """No build has been published yet: say so with the one command to run, and stop the page."""
    st.info(
        (
            "还没有数据。请在项目目录运行下面这一条命令生成示范校园，再刷新本页；"
            "自己的文件放进 data/inbox 后改用 python -m etl load。"
        ),
        title="第一次使用",
    )
    st.code("python -m etl demo", language=None)
    st.stop()


def empty(what: str, remedy: str = "可以放宽上面的筛选条件。") -> None:
    """Nothing matches: not an error."""
    st.info(f"{what}{remedy}", icon=":material/inbox:")


def refused(sentence: str) -> NoReturn:
    """Nothing may be shown: say why and stop."""
    st.error(plain(sentence, LONGEST))
    st.stop()


def failed(error: Exception, sentence: str = FAILED) -> None:
    """Say in one sentence that something did not come out; the details go to the server's log only."""
    if isinstance(error, UserError):
        st.error(plain(error.sentence, LONGEST))
    else:
        log.error("page failed", exc_info=error)
        st.error(sentence)
