"""schedule: ready task definitions for systemd and for Windows, printed and never installed by themselves."""

import sys
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from reports.command.notify import VARIABLE
from warehouse import paths
from warehouse.command import output

WEEKDAYS = {"Mon": "Monday"}


@dataclass(frozen=True)
class Task:
    """One thing to run: `day` is '' for every day, otherwise Mon …; `at` is HH:MM,
    local time; `fine` are exit codes that are no failure."""

    name: str
    title: str
    module: str
    arguments: tuple[str, ...]
    day: str
    at: str
    fine: tuple[int, ...]


def tasks(folder: str) -> tuple[Task, ...]:
    """Load every morning, write the brief and tell the group on Monday before the meeting. 3 and 4 say something, but
    do not fail."""
    out = str(Path(folder).resolve())
    return (
        Task("campus-load", "装载各系统导出的文件", "etl", ("load",), "", "06:30", (3, 4)),
        Task("campus-brief", "写出上一个完整周的简报", "reports", ("brief", "--out", out), "Mon", "07:30", (3,)),
        Task(
            "campus-notify",
            "把结论和红线发到群机器人（没有设置地址时不发）",
            "reports",
            ("notify",),
            "Mon",
            "07:45",
            (3,),
        ),
    )


def show(folder: str) -> int:
    """Print every definition with the one command that installs it."""
    python, here, data = sys.executable, paths.REPOSITORY, paths.home()
    everything = tasks(folder)
    lines = [
        "# 一、Linux（systemd）。存为 ~/.config/systemd/user/ 下的同名文件，再运行：",
        "#   systemctl --user daemon-reload",
    ]
    lines += [f"#   systemctl --user enable --now {task.name}.timer" for task in everything]
    lines += [
        "# 注销后也要运行时，再运行一次：loginctl enable-linger",
        f"# 要发群消息时，把 {VARIABLE}=机器人地址 写进 ~/.config/campus-safety/environment（Windows："
        "设为用户环境变量）",
        "",
    ]
    for task in everything:
        lines += [
            f"# ---- {task.name}.service",
            service(task, python, here, data),
            f"# ---- {task.name}.timer",
            timer(task),
        ]
    lines += ["# 二、Windows（任务计划程序）。每一段存为同名 .xml 文件（UTF-16），再在管理员命令行运行：", ""]
    lines += [f"# schtasks /Create /TN {task.name} /XML {task.name}.xml" for task in everything]
    lines += ["", "# 不想存文件时，直接运行这几行（效果相同，只是错过的时间不补跑）：", ""]
    lines += [schtasks(task, python, here, data) for task in everything]
    for task in everything:
        lines += ["", f"# ---- {task.name}.xml", windows(task, python, here, data)]
    output.print("\n".join(lines), markup=False, soft_wrap=True)
    return 0


def service(task: Task, python: str, here: Path, data: Path) -> str:
    """A systemd service that runs once."""
    command = " ".join(_quoted(word) for word in (python, "-m", task.module, *task.arguments))
    codes = " ".join(map(str, task.fine))
    more = "\nEnvironmentFile=-%h/.config/campus-safety/environment" if task.arguments[0] == "notify" else ""
    return (
        f"[Unit]\nDescription={task.title}\n\n[Service]\nType=oneshot\nWorkingDirectory={_percent(here)}\n"
        f"Environment={_quoted(f'CAMPUS_DATA={data}')}{more}\nExecStart={command}\nSuccessExitStatus={codes}\n"
        "TimeoutStartSec=3600\nNice=10\n"
    )


def timer(task: Task) -> str:
    """When it runs; a time missed while the machine was off is made up for."""
    when = f"{task.day} *-*-* {task.at}:00".strip()
    return (
        f"[Unit]\nDescription={task.title}（定时）"
        f"\n\n[Timer]\nOnCalendar={when}\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"
    )


def _percent(text: object) -> str:
    """systemd reads % as the beginning of a name of its own."""
    return str(text).replace("%", "%%")


def _quoted(text: str) -> str:
    safe = _percent(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{safe}"' if any(letter in text for letter in " \"'\\;$") else safe


def schtasks(task: Task, python: str, here: Path, data: Path) -> str:
    """One line for the Windows command prompt."""
    when = f"/SC WEEKLY /D {task.day.upper()}" if task.day else "/SC DAILY"
    return (
        f"schtasks /Create /F /TN {task.name} {when} /ST {task.at} /TR "
        f'"{_command(task, python, here, data).replace(chr(34), chr(92) + chr(34))}"'
    )


def _command(task: Task, python: str, here: Path, data: Path) -> str:
    words = " ".join(f'"{word}"' if " " in word else word for word in task.arguments)
    return f'cmd /c cd /d "{here}" && "{python}" -m {task.module} --home "{data}" {words}'


def windows(task: Task, python: str, here: Path, data: Path) -> str:
    """A Windows task definition; a time missed while the machine was off is made up for."""
    week = (
        f"<ScheduleByWeek><WeeksInterval>1</WeeksInterval><DaysOfWeek><{WEEKDAYS[task.day]} /></DaysOfWeek>"
        "</ScheduleByWeek>"
        if task.day
        else ""
    )
    when = week or "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>"
    words = " ".join(f'"{word}"' for word in ("-m", task.module, "--home", str(data), *task.arguments))
    principal = '<Principal id="Author"><LogonType>S4U</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>'
    program = (
        f"<Command>{escape(python)}</Command><Arguments>{escape(words)}</Arguments>"
        f"<WorkingDirectory>{escape(str(here))}</WorkingDirectory>"
    )
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>{escape(task.title)}</Description></RegistrationInfo>
  <Triggers><CalendarTrigger><StartBoundary>2026-01-05T{task.at}:00</StartBoundary><Enabled>true</Enabled>{when}</CalendarTrigger></Triggers>
  <Principals>{principal}</Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy><DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable><ExecutionTimeLimit>PT1H</ExecutionTimeLimit><Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author"><Exec>{program}</Exec></Actions>
</Task>"""
