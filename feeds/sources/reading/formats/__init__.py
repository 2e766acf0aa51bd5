"""The formats that feeds are written in: XML and JSON, whole or in pieces, and site maps of news."""
