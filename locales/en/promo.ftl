# Advertising: how every offer ends.

promo-legal = Advertisement. { $legal }. There are contraindications; consult a specialist.
promo-marker = erid: { $marker }
