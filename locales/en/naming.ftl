# How people are named in the staff chat.

person-unnamed = No name yet
