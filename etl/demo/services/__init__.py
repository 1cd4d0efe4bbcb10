"""Services, wishes, questions, surveys and the hotline."""
