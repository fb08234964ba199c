"""What is measured, and the figures it printed last.

Owns the worlds that are measured in, the load client and the table. Refuses to judge: it prints a target beside each
figure and fails only when something could not be measured at all. Nothing of it is part of the product.
"""
