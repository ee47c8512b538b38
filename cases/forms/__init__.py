"""What people type about cases, checked and made into the values that actions take."""
