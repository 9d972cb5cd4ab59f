"""What is true without a computer: records, rules and arithmetic. Standard library only."""
