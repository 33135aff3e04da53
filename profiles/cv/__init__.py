"""A CV in and out: PDF, text or JSON Resume → suggestions, a profile → JSON Resume."""
