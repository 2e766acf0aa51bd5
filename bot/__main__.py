"""`python -m bot` is `chapar`."""

from bot.cli import main

if __name__ == "__main__":
    main()
