"""The house: the brand's profile, its sites, and what a person of the team may see. Holds no words of customers."""
