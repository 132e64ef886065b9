"""Small networks trained by this project, each with a card: data, command, seed, scores."""
