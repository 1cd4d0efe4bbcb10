"""The states a page can be in when there is nothing to draw, each said in one Chinese sentence with the remedy."""

import logging

import streamlit as st

from warehouse.errors import UserError

log = logging.getLogger("campus")


def first_run() -> None:
    """No build has been published yet: say so with the one command to run, and stop the page."""
    st.info("还没有数据。请在项目目录运行下面这一条命令生成示范数据；自己的文件放进 data/inbox 后改用 make load。", title="第一次使用")
    st.code("make run", language=None)
    st.stop()


def empty(what: str, remedy: str = "可以放宽上面的筛选条件。") -> None:
    """Nothing matches: not an error."""
    st.info(f"{what}{remedy}", icon=":material/inbox:")


def refused(sentence: str) -> None:
    st.error(sentence)
    st.stop()


def failed(error: Exception) -> bool:
    """Draw what went wrong in one sentence; the details go to the server's log only. Returns True: handled."""
    if isinstance(error, UserError):
        st.error(error.sentence)
    else:
        log.error("page failed", exc_info=error)
        st.error("这一页没有算出来。数据没有被改动；请刷新重试，仍不行时把服务器日志交给管理员。", title="出了问题")
    return True
