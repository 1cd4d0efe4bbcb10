"""The committee's pages: overview, one branch, its brand, tasks and book."""
