"""`chapar init`: a few answers become .env and chapar.toml."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli.main import app
from bot.settings import Settings
from feeds.errors import SettingError

TOKEN = "123456:ABC-DEF_1"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def init(*options: str, answers: str = "") -> Result:
    return CliRunner().invoke(app, ["init", *options], input=answers)


def test_answers_become_settings_that_a_start_takes(folder: Path) -> None:
    typed = f"nonsense\n{TOKEN}\nqom_news\n77, 78\nhttps://news.example.ir\nقم، جای ناپیدا\nقم، yazd\n"
    done = init("--ask", answers=typed)
    assert done.exit_code == 0, done.output
    assert "@BotFather" in done.output  # the first token was none
    settings = Settings.load()
    assert (settings.token, settings.telegram_admins, settings.base_url) == (TOKEN, (77, 78), "https://news.example.ir")
    (channel,) = settings.channels
    assert (channel.key, channel.provinces) == ("@qom_news", ("qom", "yazd"))
    assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600
    assert TOKEN not in done.output


def test_options_answer_without_a_terminal() -> None:
    done = init("--token", TOKEN, "--channel", "-1001234567890", "--province", "all", "--bale")
    assert done.exit_code == 0, done.output
    settings = Settings.load()
    assert settings.platform == "bale"
    assert [(channel.key, channel.provinces) for channel in settings.channels] == [("-1001234567890", ())]


def test_without_answers_there_is_a_preview(folder: Path) -> None:
    assert init("--ask", answers="\n" * 4).exit_code == 0
    assert Settings.load().channels == ()
    assert (folder / "chapar.toml").is_file()


@pytest.mark.parametrize(
    "wrong",
    [
        ["--token", "my token"],
        ["--token", TOKEN, "--channel", "نام"],
        ["--token", TOKEN, "--admin", "@somebody"],
        ["--public-url", "news.example.ir"],
        ["--channel", "@a", "--province", "atlantis"],
        ["--token", f"{TOKEN}\nLOG_LEVEL=DEBUG"],
    ],
)
def test_a_wrong_answer_is_a_sentence_and_writes_nothing(wrong: list[str], folder: Path) -> None:
    done = init(*wrong)
    assert isinstance(done.exception, SettingError)
    assert "my token" not in str(done.exception)
    assert list(folder.iterdir()) == []


class TestFilesThatAreThere:
    """Nothing is changed unasked, and nothing is lost."""

    BEFORE = "# ours\nexport TELEGRAM_TOKEN=1:OLD\nTIMEZONE=Asia/Kabul\n"

    @pytest.fixture(autouse=True)
    def before(self, folder: Path) -> None:
        (folder / ".env").write_text(self.BEFORE, encoding="utf-8")
        (folder / "chapar.toml").write_text('[[channel]]\nchat = "@old"\n', encoding="utf-8")

    @pytest.mark.parametrize(("options", "answers"), [((), ""), (("--ask", "--province", ""), f"{'@a'}\n\n\nn\n")])
    def test_they_stay_where_nobody_said_yes(self, folder: Path, options: tuple[str, ...], answers: str) -> None:
        assert init("--token", TOKEN, *options, answers=answers).exit_code == 1
        assert (folder / ".env").read_text(encoding="utf-8") == self.BEFORE

    def test_other_settings_stay_and_the_lists_are_kept_aside(self, folder: Path) -> None:
        done = init("--token", TOKEN, "--channel", "@new", "--replace")
        assert done.exit_code == 0, done.output
        settings = Settings.load()
        assert (settings.token, settings.timezone.key, settings.telegram_channel) == (TOKEN, "Asia/Kabul", "@new")
        assert "# ours" in (folder / ".env").read_text(encoding="utf-8")
        assert "@old" in (folder / "chapar.toml.before").read_text(encoding="utf-8")
        assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600
