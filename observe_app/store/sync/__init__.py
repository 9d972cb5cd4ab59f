"""What the shared folder keeps in the database, in SQL alone: `ledger` opens it, `outbox` seals, `apply` takes in.

Everything here works on a plain database connection inside a transaction of the caller, so that a simulation can run
thousands of installations in memory on the same code.
"""
