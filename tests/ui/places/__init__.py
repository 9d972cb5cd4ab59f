"""The pages around the visit, as a person uses them."""
