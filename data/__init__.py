"""From deliveries to figures."""

VERSION = "0.4.0"
