"""Bytes and markup to text: encodings, signs that came broken, paragraphs."""
