"""What leaves the product: tables as files, and the line in the audit log before it does."""
