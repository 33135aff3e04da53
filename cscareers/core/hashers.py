"""Password hashing at OWASP's figures for Argon2id."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id19MiB(Argon2PasswordHasher):
    """Argon2id with 19 MiB, 2 passes and 1 lane (OWASP Password Storage cheat sheet)."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
