"""A wrong setting stops the start with one sentence; .env.example tells the truth about all of them."""

import re
from pathlib import Path

import pytest

from bot.posts.style import Style
from bot.publishing.pacing import Rate
from bot.settings import Settings
from feeds.errors import SettingError

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / ".env.example"
SECRET = "S3cretPart-of_the-token"
NAMES = [name.upper() for name, field in Settings.model_fields.items() if not field.exclude]


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def load(tmp_path: Path, env: str = "", toml: str = "") -> Settings:
    (tmp_path / ".env").write_text(env, encoding="utf-8")
    (tmp_path / "chapar.toml").write_text(toml, encoding="utf-8")
    return Settings.load(dotenv=tmp_path / ".env", toml=tmp_path / "chapar.toml")


def test_with_nothing_set_everything_has_a_default(tmp_path: Path) -> None:
    settings = Settings.load(dotenv=tmp_path / "no.env", toml=tmp_path / "no.toml")
    assert settings.channels == ()
    assert settings.base_url == "http://127.0.0.1:8080"
    assert settings.telegram_rate_group == Rate(20, 60)


def test_the_example_names_every_setting_and_no_other() -> None:
    named = re.findall(r"^([A-Z_]+)=", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(named) == sorted(NAMES)


def test_the_example_shows_the_defaults() -> None:
    default = Settings.load(dotenv=Path("no.env"), toml=Path("no.toml"))
    assert Settings.load(dotenv=EXAMPLE, toml=Path("no.toml")) == default


def test_each_setting_of_the_example_is_explained() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if re.match(r"[A-Z_]+=", line):
            block = "\n".join(lines[max(0, number - 4) : number])
            assert "#" in block, line


def test_the_documentation_lists_every_setting() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    missing = [name for name in NAMES if f"`{name}`" not in page]
    assert not missing


def test_the_example_of_the_lists_is_accepted(tmp_path: Path) -> None:
    text = (ROOT / "chapar.example.toml").read_text(encoding="utf-8")
    commented_out = re.sub(r"^# (?=\[\[source|[a-z_]+ = )", "", text, flags=re.MULTILINE)
    settings = load(tmp_path, "TELEGRAM_TOKEN=123:abc", commented_out)
    assert settings.channels[0].provinces == ("qom",)
    assert settings.source[0].url.startswith("https://")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("TELEGRAM_RATE_GLOBAL=fast", "TELEGRAM_RATE_GLOBAL=fast: use messages/seconds"),
        ("TELEGRAM_RATE_GROUP=0/60", "TELEGRAM_RATE_GROUP=0/60: use messages/seconds"),
        ("TELEGRAM_RATE_GROUP=nan/nan", "TELEGRAM_RATE_GROUP=nan/nan: use messages/seconds"),
        ("TELEGRAM_RATE_GROUP=1/inf", "TELEGRAM_RATE_GROUP=1/inf: use messages/seconds"),
        ("TIMEZONE=Asia/Qom", "TIMEZONE=Asia/Qom: use a name of the IANA"),
        ("LOG_LEVEL=loud", "LOG_LEVEL=LOUD: Input should be 'DEBUG'"),
        ("HTTP_ADDRESS=8080", "HTTP_ADDRESS=8080: use host:port"),
        ("HTTP_ADDRESS=127.0.0.1:99999", "HTTP_ADDRESS=127.0.0.1:99999: use host:port"),
        ("TELEGRAM_ADMINS=ali", "TELEGRAM_ADMINS=ali: use numeric user ids"),
        ("TELEGRAM_CHANNEL=my channel", "TELEGRAM_CHANNEL=my channel: use @name"),
        ("PUBLIC_URL=news.example.ir", "PUBLIC_URL=news.example.ir: use an address that begins with http"),
        ("TELEGRAM_PROXY=mtproto://x", "TELEGRAM_PROXY=mtproto://x: use an address that begins with"),
        ("TELEGRAM_TOKN=123:abc", "TELEGRAM_TOKN is unknown; did you mean TELEGRAM_TOKEN?"),
    ],
)
def test_a_wrong_setting_is_named_with_its_value_and_what_is_allowed(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(SettingError) as caught:
        load(tmp_path, line)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "line",
    [
        f"TELEGRAM_TOKEN={SECRET}",
        f"DATABASE_URL=mysql://user:{SECRET}@host/name",
        f"TELEGRAM_PROXY=mtproto://user:{SECRET}@host",
    ],
)
def test_a_secret_is_never_shown(tmp_path: Path, line: str) -> None:
    with pytest.raises(SettingError) as caught:
        load(tmp_path, line)
    assert line.split("=", maxsplit=1)[0] in str(caught.value)
    assert SECRET not in str(caught.value)


def test_every_wrong_setting_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingError) as caught:
        load(tmp_path, "TIMEZONE=x\nLOG_FORMAT=y")
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        (
            '[[channel]]\nchat = "@a"\nprovinces = ["qum"]',
            "[[channel]] number 1, provinces: qum is no province; did you mean qom?",
        ),
        ('[[channel]]\nchat = "@a"\ncolour = "red"', "[[channel]] number 1, colour: unknown key"),
        ('[[channel]]\nchat = "@a"\nquiet = "night"', "[[channel]] number 1, quiet: use two times such as 23:00-07:00"),
        ('[[channel]]\nchat = "@a"\nrate = "fast"', "[[channel]] number 1, rate: use messages/seconds"),
        (
            '[[channel]]\nchat = "@a"\nlayout = "long"',
            "[[channel]] number 1, layout: use one of 'full', 'short'",
        ),
        (
            '[[channel]]\nchat = "@a"\npicture = "big"',
            "[[channel]] number 1, picture: use one of 'photo', 'preview'",
        ),
        ("[[channel]]\n", "[[channel]] number 1, chat: it is missing"),
        ('[[channel]]\nchat = "@abcd"\nprovices = ["qom"]', "provices: unknown key; did you mean provinces?"),
        ('channel = "@abcd"', "channel is a list of tables; begin each with [[channel]]"),
        ('[channel]\nchat = "@abcd"', "channel is a list of tables; begin each with [[channel]]"),
        ('source = ["https://a.ir"]', "source is a list of tables"),
        ('[[channel]]\nchat = "@abcd"\nprovinces = "qom"', 'provinces: use a list, such as ["qom", "yazd"]'),
        ('[[channel]]\nchat = "@abcd"\nhold = "perhaps"', "hold: use true or false"),
        ('[[channel]]\nchat = "@abcd"\n[[channel]]\nchat = "@ABCD"', "@abcd stands there twice"),
        ('[[channel]]\nchat = "https://t.me/+AbCd"', "no bot finds a chat by its invite link"),
        ('[[channel]]\nchat = "t.me/joinchat/AbCd"', "no bot finds a chat by its invite link"),
        ('[[channel]]\nchat = "https://t.me/c/1234567890/5"', "use the channel's number, which is -1001234567890"),
        ('[[channel]]\nchat = ["@a", "@b"]', "use @name or the channel's number"),
        ('[[source]]\nurl = ["https://a.ir"]', "url: use one word or sentence in quotes"),
        ('[[source]]\nurl = "ftp://a.ir"', "[[source]] number 1, url: use an address"),
        ('[[source]]\nurl = "https://a.ir"\nagent = "مرورگر"', "[[source]] number 1, agent: use Latin letters"),
        ('[[source]]\nurl = "https://a.ir"\nspeaks_for = "مهر"', "[[source]] number 1, speaks_for: use the domain"),
        ("[colour]\n", "[colour] is unknown"),
        ("[[channel]\n", "can't be read"),
    ],
)
def test_a_wrong_line_of_chapar_toml_is_named(tmp_path: Path, toml: str, told: str) -> None:
    with pytest.raises(SettingError) as caught:
        load(tmp_path, toml=toml)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    "chat", ["@qom_news", "qom_news", "t.me/qom_news", "https://t.me/s/qom_news", "http://telegram.me/qom_news/"]
)
def test_a_channel_is_known_by_its_name_or_the_address_of_that(tmp_path: Path, chat: str) -> None:
    settings = load(tmp_path, "TELEGRAM_TOKEN=123:abc", f'[[channel]]\nchat = "{chat}"')
    assert [channel.chat for channel in settings.channels] == ["@qom_news"]


def test_the_environment_stands_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEEDS_DIR", "elsewhere")
    assert load(tmp_path, "SEEDS_DIR=here").seeds_dir == Path("elsewhere")


def test_the_channel_of_the_environment_is_the_first_and_stands_once(tmp_path: Path) -> None:
    env = "TELEGRAM_TOKEN=123:abc\nTELEGRAM_CHANNEL=-1001"
    settings = load(tmp_path, env, '[[channel]]\nchat = "@a"\n[[channel]]\nchat = -1001')
    assert [channel.chat for channel in settings.channels] == ["-1001", "@a"]


def test_what_chapar_toml_says_of_the_channel_of_the_environment_holds(tmp_path: Path) -> None:
    env = "TELEGRAM_TOKEN=123:abc\nTELEGRAM_CHANNEL=@b"
    settings = load(tmp_path, env, '[[channel]]\nchat = "@a"\n[[channel]]\nchat = "@b"\nlayout = "short"')
    assert [(channel.chat, channel.layout) for channel in settings.channels] == [("@b", "short"), ("@a", "full")]


def test_a_channel_says_how_its_posts_look_and_how_fast_they_go(tmp_path: Path) -> None:
    lines = 'quiet = ""\nrate = "5/10"\ndigits = "latin"\nlayout = "short"\npicture = "none"\nretraction = "delete"'
    settings = load(tmp_path, "TELEGRAM_TOKEN=123:abc", f'[[channel]]\nchat = "@a"\n{lines}\n[[channel]]\nchat = "@b"')
    first, second = settings.channels
    assert (settings.styles["@a"], first.rate) == (Style(None, "latin", "short", "none", "delete"), Rate(5, 10))
    assert (settings.styles["@b"], second.rate) == (Style(), None)


@pytest.mark.parametrize(
    ("url", "platforms"),
    [
        ("https://tapi.bale.ai", ["bale", "telegram"]),
        ("https://bale.ai/", ["bale", "telegram"]),
        ("https://notbale.ai", ["telegram", "telegram"]),
        ("https://api.telegram.org", ["telegram", "telegram"]),
    ],
)
def test_the_address_says_whose_markup_posts_have_unless_the_channel_does(
    tmp_path: Path, url: str, platforms: list[str]
) -> None:
    env = f"TELEGRAM_TOKEN=123:abc\nTELEGRAM_API_URL={url}"
    settings = load(tmp_path, env, '[[channel]]\nchat = "@a"\n[[channel]]\nchat = "@b"\nplatform = "telegram"')
    assert [style.platform for style in settings.styles.values()] == platforms


@pytest.mark.parametrize(
    ("url", "said", "platform"),
    [
        ("https://tapi.bale.ai", "telegram", "bale"),
        ("https://proxy.example.ir", "bale", "bale"),
        ("https://proxy.example.ir", "telegram", "telegram"),
    ],
)
def test_the_bot_answers_in_the_markup_of_its_server(tmp_path: Path, url: str, said: str, platform: str) -> None:
    env = f"TELEGRAM_TOKEN=123:abc\nTELEGRAM_API_URL={url}"
    assert load(tmp_path, env, f'[[channel]]\nchat = "@a"\nplatform = "{said}"').platform == platform


def test_without_a_token_nothing_leaves_the_machine(tmp_path: Path) -> None:
    assert load(tmp_path, "TELEGRAM_CHANNEL=@a").channels == ()


def test_a_topic_is_a_channel_of_its_own(tmp_path: Path) -> None:
    toml = '[[channel]]\nchat = "@news"\n[[channel]]\nchat = "@news"\ntopic = 5\n'
    settings = load(tmp_path, f"TELEGRAM_TOKEN=123:{SECRET}\nTELEGRAM_CHANNEL=@news\n", toml)
    assert [channel.key for channel in settings.channels] == ["@news", "@news/5"]
    assert settings.styles.keys() == {"@news", "@news/5"}


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[[channel]]\nchat = "@news"\n[[channel]]\nchat = "news"\n', "@news stands there twice"),
        ('[[channel]]\nchat = "@news"\n[[channel]]\nchat = "@news"\ntopic = 1\n', "@news stands there twice"),
        ('[[channel]]\nchat = "@news"\ntopic = 0\n', "topic"),
        ('[[channel]]\nchat = "@news"\ntopic = "sport"\n', "topic"),
    ],
)
def test_a_wrong_topic_is_told(tmp_path: Path, toml: str, said: str) -> None:
    with pytest.raises(SettingError) as error:
        load(tmp_path, "", toml)
    assert said in str(error.value)


@pytest.mark.parametrize("key", ["url", "proxy"])
def test_a_password_of_a_source_that_breaks_its_address_is_not_shown(tmp_path: Path, key: str) -> None:
    other = "" if key == "url" else 'url = "https://news.example/rss"\n'
    with pytest.raises(SettingError) as error:
        load(tmp_path, "", f'[[source]]\n{other}{key} = "https://desk:hunt/er2@news.example/rss"\n')
    assert "%2F" in str(error.value)
    assert "hunt" not in str(error.value)


@pytest.mark.parametrize("said", ["mehrnews.com", "www.MehrNews.com", "https://www.mehrnews.com/rss"])
def test_a_source_says_whose_feed_it_is_by_its_domain(tmp_path: Path, said: str) -> None:
    (source,) = load(tmp_path, "", f'[[source]]\nurl = "https://a.example/rss"\nspeaks_for = "{said}"\n').sources
    assert source.speaks_for == "mehrnews.com"


def test_what_opens_sources_and_proxies_is_a_secret(tmp_path: Path) -> None:
    toml = '[[source]]\nurl = "https://desk:hunter2@a.example/rss"\nproxy = "socks5://token77@b.example:1"\n'
    settings = load(tmp_path, f"TELEGRAM_TOKEN=123:{SECRET}\nFEED_PROXY=http://me:proxy88@c.example\n", toml)
    assert {SECRET, "hunter2", "token77", "proxy88"} <= set(settings.secrets)
    assert "hunter2" not in repr(settings.sources)
    assert "token77" not in repr(settings.sources)


def test_the_platform_of_one_channel_changes_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123456:ABC-DEF")
    toml = tmp_path / "chapar.toml"
    toml.write_text('[[channel]]\nchat = "@one"\nplatform = "bale"\n[[channel]]\nchat = "@two"\n', encoding="utf-8")
    settings = Settings.load(dotenv=tmp_path / ".env", toml=toml)
    assert {key: style.platform for key, style in settings.styles.items()} == {"@one": "bale", "@two": "telegram"}
    assert settings.platform == "telegram"
