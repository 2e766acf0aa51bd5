"""`chapar text …`: the text work as filters over JSON Lines."""
