"""Those who follow something, as the publisher sees them: their chats, their messages, and what refusals prove."""
