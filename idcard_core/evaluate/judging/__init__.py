"""How well pictures are judged: status, risk, portrait and direction, on pictures whose truth is known."""
