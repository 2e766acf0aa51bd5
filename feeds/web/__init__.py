"""Pages and feeds over HTTP: read-only, right-to-left, without JavaScript."""
