"""Where the bot is no member: named in any chat, as guest or inline."""
