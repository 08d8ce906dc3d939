"""What staff are to do for a patient: a call, or an answer to words; until it is done."""
