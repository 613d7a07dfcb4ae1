"""Trained models: weights with a card, and the code that applies them. Nothing here trains."""
