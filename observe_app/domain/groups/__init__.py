"""Groups of colleagues: their purpose and people, goals and readings of their measures, what they work with."""
