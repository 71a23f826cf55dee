"""County: what comes from many units: the roster, what came in, the sum, letters, blanks to hand out."""
