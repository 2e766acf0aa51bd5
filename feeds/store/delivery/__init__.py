"""The outbox and all that belongs to it: deliveries, channels, calls and the desk's hand on them."""
